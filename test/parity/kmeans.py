"""scikit-learn's answers, for kmeans.parity.test.ts to compare with.

usage: kmeans.py FOLDER_OF_CATALOGUES OUT

Writes OUT/manifest.json and, per data set, binary columns: NAME.raw.f64 (features in their units) and NAME.z.f64 (standardised by
scikit-learn), one column after the other, and per case its labels (int32).
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score
from sklearn.preprocessing import StandardScaler

FEATURES = ["instrumentalness", "speechiness", "danceability", "valence", "tempo"]
CATALOGUES = ["hitpredictor_dataset-of-60s.csv", "spotify_1m_sample_rows_0001_5000.csv"]
SILHOUETTE_ROWS = 10_000  # of a large set; all rows once, for WHOLE_K
WHOLE_K = 5
SINGLE_STARTS = 100
SINGLE_START_KS = [5, 9]


def read_catalogue(path):
    """The cleaning that sklearn_reference.json states."""
    x = pd.read_csv(path, usecols=FEATURES)[FEATURES].apply(pd.to_numeric, errors="coerce").dropna()
    return x[x["tempo"].between(40, 250)].to_numpy(dtype=np.float64)


def synthetic(rows, seed):
    """A mixture in the features' ranges: overlapping groups, a heavy tail, a bimodal column."""
    rng = np.random.default_rng(seed)
    group = rng.choice(6, size=rows, p=[0.3, 0.25, 0.2, 0.15, 0.07, 0.03])
    centre = np.array(
        [
            [0.02, 0.05, 0.65, 0.60, 120],
            [0.85, 0.05, 0.40, 0.20, 95],
            [0.01, 0.08, 0.55, 0.45, 140],
            [0.80, 0.06, 0.70, 0.35, 126],
            [0.00, 0.35, 0.75, 0.55, 98],
            [0.10, 0.90, 0.60, 0.50, 105],
        ]
    )
    noise = rng.standard_normal((rows, 5)) * [0.08, 0.04, 0.14, 0.2, 24]
    x = centre[group] + noise
    x[:, :4] = np.clip(x[:, :4], 0, 1)
    x[:, 4] = np.clip(x[:, 4], 40, 250)
    return x


def simplified(z, labels, centroids):
    """The simplified Silhouette; segments without rows are left out."""
    present = np.unique(labels)
    distance = np.sqrt(((z[:, None, :] - centroids[None, present, :]) ** 2).sum(axis=2))
    at = np.searchsorted(present, labels)
    rows = np.arange(len(z))
    within = distance[rows, at].copy()
    distance[rows, at] = np.inf
    between = distance.min(axis=1)
    score = (between - within) / np.maximum(within, between)
    score[np.bincount(labels)[labels] == 1] = 0
    return score.mean()


def silhouettes(z, labels, centroids):
    return {
        "rows": len(z),
        "silhouette_euclidean": silhouette_score(z, labels),
        "silhouette_sqeuclidean": silhouette_score(z, labels, metric="sqeuclidean"),
        "silhouette_simplified": simplified(z, labels, centroids),
    }


def cases(z):
    """What is fitted: k = 2..10 from random rows, then the corners of the algorithm."""
    for k in range(2, 11):
        rng = np.random.default_rng(k)
        yield f"k={k}", z[rng.choice(len(z), k, replace=False)], {}
    init = z[:6].copy()
    yield "until no label changes", init, {"tol": 0}
    yield "stopped after 3 iterations", init, {"max_iter": 3}
    init = z[:4].copy()
    init[2] = 500
    yield "an empty segment", init, {}


def single_starts(z):
    """Inertia of fits from one k-means++ seeding each: what a seeding is worth."""
    found = []
    for k in SINGLE_START_KS:
        fits = [KMeans(k, n_init=1, random_state=seed).fit(z).inertia_ for seed in range(SINGLE_STARTS)]
        found.append({"k": k, "inertias": fits})
    return found


def run_case(name, z, init, options, out):
    options = {"max_iter": 300, "tol": 1e-4, **options}
    k = len(init)
    fit = KMeans(n_clusters=k, init=init, n_init=1, algorithm="lloyd", **options).fit(z)
    labels = fit.labels_
    file = f"{name}.labels.i32"
    labels.astype("<i4").tofile(out / file)
    whole = len(z) <= SILHOUETTE_ROWS or k == WHOLE_K
    head = slice(None, None if whole else SILHOUETTE_ROWS)
    return {
        "initial": init.tolist(),
        "max_iterations": options["max_iter"],
        "tolerance": options["tol"],
        "labels": file,
        "centroids": fit.cluster_centers_.tolist(),
        "inertia": fit.inertia_,
        "iterations": fit.n_iter_,
        "silhouettes": silhouettes(z[head], labels[head], fit.cluster_centers_),
    }


def run_data_set(name, x, out):
    print(f"scikit-learn {sklearn.__version__} on {name}, {len(x)} rows", flush=True)
    scaler = StandardScaler().fit(x)
    z = scaler.transform(x)
    x.T.astype("<f8").tofile(out / f"{name}.raw.f64")
    z.T.astype("<f8").tofile(out / f"{name}.z.f64")
    gaps = x - x.mean(axis=0)
    return {
        "name": name,
        "rows": len(x),
        "features": FEATURES,
        "mean": scaler.mean_.tolist(),
        "sd": scaler.scale_.tolist(),
        "kurtosis": ((gaps**4).mean(axis=0) / (gaps**2).mean(axis=0) ** 2).tolist(),
        "decile_edges": np.quantile(x, np.arange(1, 10) / 10, axis=0).T.tolist(),
        "single_starts": single_starts(z) if len(z) <= SILHOUETTE_ROWS else [],
        "cases": [
            {"name": case, **run_case(f"{name}.{number}", z, init, options, out)}
            for number, (case, init, options) in enumerate(cases(z))
        ],
    }


def main(catalogues, out):
    sets = [(name, read_catalogue(catalogues / name)) for name in CATALOGUES]
    sets.append(("synthetic_100k", synthetic(100_000, seed=7)))
    manifest = [run_data_set(name, x, out) for name, x in sets]
    (out / "manifest.json").write_text(json.dumps(manifest))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
