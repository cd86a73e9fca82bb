"""The run that Segue's pipeline does, as the stack that it grew out of does it: PySpark cleans, scikit-learn trains.

usage: seed_stack.py CATALOGUE.csv OUT K SILHOUETTE_POINTS

Prints one line of JSON: seconds by stage, rows by side, WCSS and Silhouettes. Written for speed where the libraries allow it: a typed
schema instead of inference, one scan that is cached for the four files, only the five columns read back, no copy through Python
objects.
"""

import json
import os
import sys
import time
from pathlib import Path

THREADS = int(os.environ["OMP_NUM_THREADS"])
SEED = 42
TEST_BELOW = "33333333"  # 20 % of the range of the first 8 hexadecimal digits
FEATURES = ["instrumentalness", "speechiness", "danceability", "valence", "tempo"]
BOUNDS = {
    "instrumentalness": (0, None),
    "speechiness": (0, None),
    "danceability": (0, 1),
    "valence": (0, 1),
    "tempo": (40, 250),
}
SCHEMA = """
    row_index BIGINT, artist_name STRING, track_name STRING, track_id STRING, popularity INT, year INT, genre STRING,
    danceability DOUBLE, energy DOUBLE, key STRING, loudness DOUBLE, mode STRING, speechiness DOUBLE, acousticness DOUBLE,
    instrumentalness DOUBLE, liveness DOUBLE, valence DOUBLE, tempo DOUBLE, duration_ms BIGINT, time_signature INT
"""


def clean(source, out):
    """Four Parquet files with the rows that Segue keeps, dealt to the same sides."""
    from pyspark.sql import SparkSession, Window
    from pyspark.sql import functions as f

    spark = (
        SparkSession.builder.master(f"local[{THREADS}]")
        .config("spark.driver.memory", "4g")
        .config("spark.sql.shuffle.partitions", THREADS)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
    # names hold line breaks inside quotes, so Spark may not split the file
    tracks = spark.read.csv(source, schema=SCHEMA, header=True, multiLine=True, quote='"', escape='"')
    kept = tracks.withColumn("position", f.monotonically_increasing_id()).drop("row_index").dropna()
    for name, (least, most) in BOUNDS.items():
        kept = kept.where(f.col(name) >= least)
        if most is not None:
            kept = kept.where(f.col(name) <= most)
    first = Window.partitionBy("track_id").orderBy("position")
    kept = kept.withColumn("repeat", f.row_number().over(first)).where("repeat = 1").drop("repeat", "position")
    digits = f.substring(f.md5(f.concat(f.lit(f"{SEED}|"), f.col("track_id"))), 1, 8)
    kept = kept.withColumn("is_test", digits < TEST_BELOW).cache()
    for side, condition in (("train", "NOT is_test"), ("test", "is_test")):
        rows = kept.where(condition).drop("is_test")
        rows.drop("popularity").write.parquet(f"{out}/X_{side}.parquet")
        rows.select("track_id", "popularity").write.parquet(f"{out}/y_{side}.parquet")
    spark.stop()


def read_features(path):
    import pyarrow.parquet as pq

    return pq.read_table(path, columns=FEATURES).select(FEATURES).to_pandas().to_numpy()


def train(out, k, points):
    """The model, its figures on both sides, the joblib file and the labels of both sides."""
    import joblib
    from sklearn.cluster import KMeans
    from sklearn.metrics import silhouette_score
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    raw = {side: read_features(out / f"X_{side}.parquet") for side in ("train", "test")}
    lap("read")
    scaler = StandardScaler().fit(raw["train"])
    z = {side: scaler.transform(rows) for side, rows in raw.items()}
    lap("scale")
    kmeans = KMeans(n_clusters=k, n_init=10, random_state=SEED).fit(z["train"])
    lap("fit")
    labels = {side: kmeans.predict(rows) for side, rows in z.items()}
    lap("predict")
    figures = {}
    for side, rows in z.items():
        sampled = {"sample_size": min(points, len(rows)), "random_state": SEED}
        figures[side] = {
            "rows": len(rows),
            "wcss": kmeans.inertia_ if side == "train" else -kmeans.score(rows),
            "silhouette_euclidean": silhouette_score(rows, labels[side], **sampled),
            "silhouette_sqeuclidean": silhouette_score(rows, labels[side], metric="sqeuclidean", **sampled),
        }
    lap("measure")
    joblib.dump(make_pipeline(scaler, kmeans), out / "model.pkl")
    lap("write")
    return figures


seconds = {}
began = time.perf_counter()


def lap(stage):
    """Books the time since the last lap on a stage."""
    global began
    now = time.perf_counter()
    seconds[stage] = now - began
    began = now


def main(source, out, k, points):
    clean(source, out)
    lap("clean")
    figures = train(out, k, points)
    print(json.dumps({"seconds": seconds, "figures": figures}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
