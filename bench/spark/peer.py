"""What `segue run --engine spark` does, as one writes it in PySpark and scikit-learn, on the same Connect server.

usage: peer.py sc://HOST:PORT CATALOGUE.csv OUT K STARTS SILHOUETTE_POINTS

Prints one line of JSON: seconds by stage, rows by side and reason, WCSS and Silhouettes. Written for speed where the libraries allow it:
no inferred schema, one scan that is cached for the five folders, only the five columns fetched, as Arrow.
"""

import json
import sys
import time

SEED = 42
TEST_BELOW = "33333333"  # 20 % of the range of the first 8 hexadecimal digits
BOUNDS = {
    "instrumentalness": (0, None),
    "speechiness": (0, None),
    "danceability": (0, 1),
    "valence": (0, 1),
    "tempo": (40, 250),
}
FEATURES = list(BOUNDS)
TEXTS = ["artist_name", "track_name", "track_id", "genre"]
INTEGERS = ["popularity", "year", "key", "mode", "duration_ms", "time_signature"]
HEADER = """row_index artist_name track_name track_id popularity year genre danceability energy key loudness mode speechiness
    acousticness instrumentalness liveness valence tempo duration_ms time_signature""".split()
NO_NUMBER = ["", "na", "n/a", "nan", "null", "none"]


def judged(spark, source):
    """Every row with its values, its reason if it is rejected, and its side if it is kept."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    schema = ", ".join(f"{name} STRING" for name in [*HEADER, "corrupt"])
    # names hold line breaks inside quotes, so Spark may not split the file
    options = {"header": True, "multiLine": True, "quote": '"', "escape": '"', "columnNameOfCorruptRecord": "corrupt"}
    raw = spark.read.csv(source, schema=schema, **options)
    names = HEADER[1:]

    def is_empty(name):
        cell = f.trim(f.col(name))
        return cell.isNull() | ((cell == "") if name in TEXTS else f.lower(cell).isin(NO_NUMBER))

    def first(test, reason, columns):
        broken = test(columns[0])
        for column in columns[1:]:
            broken = broken | test(column)
        return f.when(broken, reason)

    typed = [
        f.col(name) if name in TEXTS else f.col(name).try_cast("bigint" if name in INTEGERS else "double").alias(name)
        for name in names
    ]
    read = raw.select(
        f.monotonically_increasing_id().alias("position"),
        *typed,
        f.coalesce(
            f.when(f.col("corrupt").isNotNull(), "malformed_row"),
            first(is_empty, "null_value", names),
            first(lambda name: f.col(name).try_cast("double").isNull(), "not_a_number", FEATURES),
        ).alias("by_text"),
    )

    def out_of_range(name):
        least, most = BOUNDS[name]
        outside = f.col(name) < least
        return f.when(outside if most is None else outside | (f.col(name) > most), f"{name}_out_of_range")

    infinite = first(lambda name: f.abs(f.col(name)) == float("inf"), "not_finite", FEATURES)
    by_row = f.coalesce("by_text", infinite, *map(out_of_range, FEATURES))
    repeat = f.row_number().over(Window.partitionBy("track_id", f.col("by_row").isNull()).orderBy("position"))
    digits = f.substring(f.md5(f.concat(f.lit(f"{SEED}|"), f.col("track_id"))), 1, 8)
    return (
        read.withColumn("by_row", by_row)
        .withColumn("repeat", repeat)
        .withColumn("reason", f.coalesce("by_row", f.when(f.col("repeat") > 1, "duplicate_track_id")))
        .withColumn("is_test", digits < TEST_BELOW)
        .drop("by_text", "by_row", "repeat")
        .persist()
    )


def clean(spark, source, out):
    """Writes the five folders. @returns rows by side and by reason"""
    rows = judged(spark, source)
    for side, condition in (("train", "NOT is_test"), ("test", "is_test")):
        kept = rows.where(f"reason IS NULL AND {condition}").orderBy("track_id")
        kept.drop("popularity", "position", "reason", "is_test").write.parquet(f"{out}/X_{side}")
        kept.select("track_id", "popularity").write.parquet(f"{out}/y_{side}")
    rows.where("reason IS NOT NULL").orderBy("position").write.parquet(f"{out}/rejects")
    counts = rows.groupBy("reason", "is_test").count().collect()
    rows.unpersist()
    rejected = {}
    for reason, _, count in counts:
        if reason is not None:
            rejected[reason] = rejected.get(reason, 0) + count
    sides = {("test" if is_test else "train"): count for reason, is_test, count in counts if reason is None}
    return {**sides, "rejected": rejected}


def fetch(spark, path):
    import numpy as np

    table = spark.read.parquet(path).select(*FEATURES).toArrow()
    return np.column_stack([table.column(name).to_numpy() for name in FEATURES])


def train(raw, k, starts, points):
    """Figures of both sides."""
    from sklearn.cluster import KMeans
    from sklearn.metrics import silhouette_score
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(raw["train"])
    z = {side: scaler.transform(rows) for side, rows in raw.items()}
    kmeans = KMeans(n_clusters=k, n_init=starts, random_state=SEED).fit(z["train"])
    lap("fit")
    figures = {}
    for side, rows in z.items():
        labels = kmeans.predict(rows)
        sampled = {"sample_size": min(points, len(rows)), "random_state": SEED}
        figures[side] = {
            "wcss": kmeans.inertia_ if side == "train" else -kmeans.score(rows),
            "silhouette_euclidean": silhouette_score(rows, labels, **sampled),
            "silhouette_sqeuclidean": silhouette_score(rows, labels, metric="sqeuclidean", **sampled),
        }
    lap("measure")
    return figures


seconds = {}
began = time.perf_counter()


def lap(stage):
    """Books the time since the last lap on a stage."""
    global began
    now = time.perf_counter()
    seconds[stage] = now - began
    began = now


def main(address, source, out, k, starts, points):
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.remote(address).getOrCreate()
    lap("connect")
    rows = clean(spark, source, out)
    lap("clean")
    raw = {side: fetch(spark, f"{out}/X_{side}") for side in ("train", "test")}
    lap("fetch")
    figures = train(raw, k, starts, points)
    spark.stop()
    print(json.dumps({"seconds": seconds, "rows": rows, "figures": figures}))


if __name__ == "__main__":
    main(*sys.argv[1:4], *map(int, sys.argv[4:7]))
