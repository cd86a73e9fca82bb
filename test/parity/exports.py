"""Loads what Segue exported and says what scikit-learn and onnxruntime make of it.

usage: exports.py FOLDER. The folder holds model.joblib, model.onnx, features.json (names, in order), and rows.f64 and wild.f64 (row by
row, little-endian); only onnxruntime gets the wild rows. Leaves labels (.i64) and distances (.f64) of each, and facts.json. Any warning is
an error.
"""

import json
import sys
import warnings
from pathlib import Path

import joblib
import numpy as np
import onnxruntime
import pandas as pd
from sklearn.base import clone
from sklearn.pipeline import Pipeline

warnings.simplefilter("error")


def main(folder: Path) -> dict:
    names = json.loads((folder / "features.json").read_text())
    rows = np.fromfile(folder / "rows.f64", dtype="<f8").reshape(-1, len(names))
    wild = np.fromfile(folder / "wild.f64", dtype="<f8").reshape(-1, len(names))
    table = pd.DataFrame(rows, columns=names)

    pipeline = joblib.load(folder / "model.joblib")
    labels = pipeline.predict(table)
    distances = pipeline.transform(table)
    labels.astype("<i8").tofile(folder / "sklearn.i64")
    distances.astype("<f8").tofile(folder / "sklearn.f64")

    session = onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
    onnx_labels, onnx_distances = session.run(["label", "distances"], {"features": np.vstack([rows, wild])})
    onnx_labels.astype("<i8").tofile(folder / "onnx.i64")
    onnx_distances.astype("<f8").tofile(folder / "onnx.f64")

    joblib.dump(pipeline, folder / "again.joblib")
    again = joblib.load(folder / "again.joblib")
    return {
        "type": f"{type(pipeline).__module__}.{type(pipeline).__name__}",
        "text": repr(pipeline),
        "model_version": pipeline.segue_model_version,
        "names_in": list(pipeline.feature_names_in_),
        "names_out": list(pipeline.get_feature_names_out()),
        "samples_seen": pipeline["scaler"].n_samples_seen_,
        "score_is_minus_wcss": bool(np.isclose(pipeline.score(table), -(distances.min(axis=1) ** 2).sum(), rtol=1e-9)),
        "same_when_dumped_again": bool((again.predict(table) == labels).all()),
        "segments_when_fitted_again": len(clone(pipeline).fit(table)["kmeans"].cluster_centers_),
        "other_order_of_columns": error_of(lambda: pipeline.predict(table[names[::-1]])),
        "onnx_inputs": [[i.name, i.type, i.shape] for i in session.get_inputs()],
        "onnx_outputs": [[o.name, o.type, o.shape] for o in session.get_outputs()],
        "onnx_metadata": session.get_modelmeta().custom_metadata_map,
    }


def error_of(call) -> str:
    try:
        call()
        return "none"
    except ValueError as error:
        return str(error).splitlines()[-1] or str(error).splitlines()[-2]


folder = Path(sys.argv[1])
(folder / "facts.json").write_text(json.dumps(main(folder)))
