"""Python's side of bench/kernels.ts: a JSON object per line comes in, one goes out.

Seconds are measured here, around the library's call alone; data are loaded before. {"do": name, ...arguments} answers the result
of the function of that name, or {"error": text}.
"""

import gc
import json
import os
import platform
import sys
import time
import traceback
from importlib.metadata import PackageNotFoundError, version

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_info

THREADS = int(os.environ["OMP_NUM_THREADS"])
PACKAGES = ["scikit-learn", "numpy", "scipy", "scikit-learn-intelex", "faiss-cpu"]

loaded = {}


def timed(call):
    gc.collect()
    began = time.perf_counter()
    result = call()
    return time.perf_counter() - began, result


def versions():
    def one(package):
        try:
            return version(package)
        except PackageNotFoundError:
            return None

    blas = [f"OpenBLAS {one['version']} ({one['architecture']})" for one in threadpool_info() if one["internal_api"] == "openblas"]
    return {"python": platform.python_version(), "packages": {name: one(name) for name in PACKAGES}, "blas": blas}


def load(name, file, rows, features):
    """Columns of float64, one after the other, as the rows that these libraries want."""
    columns = np.fromfile(file, dtype="<f8").reshape(features, rows)
    rows64 = np.ascontiguousarray(columns.T)
    loaded[name] = {"float64": rows64, "float32": rows64.astype(np.float32)}
    return {}


def fit(data, library, initial, dtype="float64", algorithm="lloyd", iterations=300, tolerance=1e-4, labels_to=None):
    x = loaded[data][dtype]
    first = np.array(initial, dtype=x.dtype)
    if library == "faiss":
        return fit_faiss(x, first, iterations)
    model = estimator(library)(len(first), init=first, n_init=1, algorithm=algorithm, max_iter=iterations, tol=tolerance)
    seconds, _ = timed(lambda: model.fit(x))
    if labels_to is not None:
        model.labels_.astype("<i4").tofile(labels_to)
    return {"seconds": seconds, "iterations": int(model.n_iter_), "inertia": float(model.inertia_)}


def estimator(library):
    if library == "sklearn":
        return KMeans
    from sklearnex.cluster import KMeans as Accelerated

    return Accelerated


def fit_faiss(x, first, iterations):
    """Training alone; faiss gives no labels with it."""
    import faiss

    faiss.omp_set_num_threads(THREADS)
    rows, features = x.shape
    model = faiss.Kmeans(
        features,
        len(first),
        niter=iterations,
        nredo=1,
        spherical=False,
        min_points_per_centroid=1,
        max_points_per_centroid=rows,
        verbose=False,
    )
    seconds, _ = timed(lambda: model.train(x, init_centroids=first))
    return {"seconds": seconds, "iterations": len(model.obj), "inertia": float(model.obj[-1])}


def fit_starts(data, k, starts, seed, dtype="float64", algorithm="lloyd"):
    """Greedy k-means++ and Lloyd, so many times."""
    x = loaded[data][dtype]
    model = KMeans(k, init="k-means++", n_init=starts, random_state=seed, algorithm=algorithm)
    seconds, _ = timed(lambda: model.fit(x))
    return {"seconds": seconds, "inertia": float(model.inertia_)}


def predict(data, library, centroids, dtype="float64", labels_to=None):
    x = loaded[data][dtype]
    centres = np.array(centroids, dtype=x.dtype)
    head = x[: max(1000, len(centres))]
    model = estimator(library)(len(centres), init=centres, n_init=1, max_iter=1).fit(head)
    model.cluster_centers_ = centres
    seconds, labels = timed(lambda: model.predict(x))
    if labels_to is not None:
        labels.astype("<i4").tofile(labels_to)
    return {"seconds": seconds}


def silhouette(data, labels_from, dtype="float64", jobs=None):
    x = loaded[data][dtype]
    labels = np.fromfile(labels_from, dtype="<i4")
    seconds, score = timed(lambda: silhouette_score(x, labels, n_jobs=jobs))
    return {"seconds": seconds, "score": float(score)}


def scaler(data, dtype="float64"):
    x = loaded[data][dtype]
    seconds, model = timed(lambda: StandardScaler().fit(x))
    return {"seconds": seconds, "mean": model.mean_.tolist(), "sd": model.scale_.tolist()}


WORK = {work.__name__: work for work in (versions, load, fit, fit_starts, predict, silhouette, scaler)}


def answer(line):
    arguments = json.loads(line)
    try:
        return WORK[arguments.pop("do")](**arguments)
    except Exception:
        return {"error": traceback.format_exc()}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(line)), flush=True)
