"""Fits the synthetic catalogue's model to a real sample and prints src/catalogue/synthetic/fitted.ts.

    python3 scripts/fit-synthetic-catalogue.py spotify_data.csv > src/catalogue/synthetic/fitted.ts
    npx biome check --write src/catalogue/synthetic/fitted.ts

Needs numpy, pandas and scipy. The sample is a CSV with Kaggle's 20 columns ("Spotify 1 Million Tracks"). Only statistics of it are
printed: quantiles, rank correlations, and means and spreads by group of genres.

The model is a Gaussian copula over a mixture. With z a column's normal scores: z = shift[group] + spread[group] * e, where e is normal
with one correlation matrix for all groups; a table over z then gives the value. The tables are set so that the mixture's marginals are the
sample's, and the matrix is corrected until the simulated Spearman correlations are the sample's.
"""

import sys

import numpy as np
import pandas as pd
from scipy.stats import norm

COLUMNS = [
    "danceability", "energy", "loudness", "speechiness", "acousticness", "instrumentalness", "liveness", "valence",
    "tempo", "duration_ms", "popularity", "year", "time_signature",
]  # fmt: skip
DISCRETE = {"popularity", "year", "time_signature"}
TIME_SIGNATURES = [0, 1, 3, 4, 5]  # the column is modelled as a place in this list, since 2 doesn't occur
LOGARITHMIC = {"speechiness", "acousticness", "instrumentalness", "liveness", "duration_ms"}
SMALLEST = 1e-6  # smallest value above zero in the real files; below it, a cell is 0
# The values at z = -4.5 and 4.5; about 7 of 1M rows lie beyond.
LIMITS = {
    "danceability": (0.05, 0.988), "energy": (0.0001, 1), "loudness": (-58, 5.5), "speechiness": (0.022, 0.97),
    "acousticness": (1e-7, 0.996), "instrumentalness": (1e-9, 1), "liveness": (0.01, 0.995), "valence": (0, 0.999),
    "tempo": (40, 249), "duration_ms": (10_000, 5_500_000), "popularity": (0, 100.9), "year": (2000, 2023.99),
    "time_signature": (1, 4.99),
}  # fmt: skip
KNOTS = np.round(np.linspace(-4.5, 4.5, 61), 2)
GROUPS = {
    "spoken": "comedy",
    "calm": "ambient new-age sleep",
    "classical": "classical guitar opera piano",
    "vintage": "romance show-tunes tango",
    "acoustic": "acoustic chill folk french german jazz psych-rock singer-songwriter songwriter soul",
    "song": "blues cantopop country gospel indian pop-film spanish swedish",
    "latin": "forro party rock-n-roll salsa samba sertanejo",
    "pop": "alt-rock dance indie-pop k-pop pop rock",
    "urban": "dancehall hip-hop sad",
    "punk": "emo garage hardcore power-pop punk punk-rock ska",
    "rock": "goth hard-rock heavy-metal industrial metal",
    "extreme": "black-metal death-metal grindcore metalcore",
    "club": "afrobeat club deep-house disco dub edm electro electronic funk groove house progressive-house",
    "techno": "breakbeat chicago-house detroit-techno dubstep minimal-techno techno trance trip-hop",
    "fast": "drum-and-bass hardstyle",
}
SIMULATED = 400_000


def main(path: str) -> None:
    random = np.random.default_rng(42)
    sample = pd.read_csv(path)
    sample.time_signature = sample.time_signature.map(TIME_SIGNATURES.index)
    sample = sample[sample.tempo.between(40, 250)].reset_index(drop=True)
    # Spoken word is a kind of its own whatever its genre; the few tracks of comedy that are sung would blur it.
    spoken = sample.speechiness > 0.6
    sample = sample[spoken | (sample.genre != "comedy")].reset_index(drop=True)
    spoken = sample.speechiness.to_numpy() > 0.6
    sample.loc[spoken, "genre"] = "comedy"
    group_of = {genre: name for name, genres in GROUPS.items() for genre in genres.split()}
    groups = sample.genre.map(group_of).to_numpy()
    if pd.isna(groups).any():
        raise SystemExit(f"genres without a group: {sorted(set(sample.genre) - set(group_of))}")

    smooth = {c: sample[c] + (random.uniform(0, 1, len(sample)) if c in DISCRETE else 0) for c in COLUMNS}
    scores = np.column_stack([normal_scores(sample[c], random) for c in COLUMNS])
    scores[spoken, COLUMNS.index("speechiness")] += 1  # a gap, so that no other group's tail reaches the spoken tracks
    names = list(GROUPS)
    index = np.array([names.index(g) for g in groups])
    shift = np.array([scores[index == g].mean(0) for g in range(len(names))]).round(2)
    spread = np.array([scores[index == g].std(0) for g in range(len(names))]).round(2)

    residual = (scores - shift[index]) / spread[index]
    correlation = np.corrcoef(residual.T)
    wanted = sample[COLUMNS].corr("spearman").to_numpy()
    drawn = random.choice(index, SIMULATED)
    noise = random.standard_normal((SIMULATED, len(COLUMNS)))
    for _ in range(8):
        latent = shift[drawn] + spread[drawn] * (noise @ np.linalg.cholesky(correlation).T)
        tables = {c: table(c, smooth[c], latent[:, j]) for j, c in enumerate(COLUMNS)}
        values = pd.DataFrame({c: look_up(c, tables[c], latent[:, j]) for j, c in enumerate(COLUMNS)})
        got = values.iloc[:50_000].corr("spearman").to_numpy()
        print(f"largest gap of a correlation: {np.abs(got - wanted).max():.4f}", file=sys.stderr)
        correlation = nearest(correlation + 0.8 * (wanted - got))
    correlation = nearest(correlation).round(2)
    np.linalg.cholesky(correlation)
    print(render(sample, names, shift, spread, correlation, tables))


def normal_scores(column: pd.Series, random: np.random.Generator) -> np.ndarray:
    """Ranks as normal deviates; equal values in random order."""
    order = np.lexsort((random.uniform(size=len(column)), column))
    ranks = np.empty(len(column))
    ranks[order] = np.arange(len(column))
    return norm.ppf((ranks + 0.5) / len(column))


def table(name: str, values: pd.Series, latent: np.ndarray) -> np.ndarray:
    """The value at each knot such that `latent`, looked up, has the sample's quantiles."""
    share = np.searchsorted(np.sort(latent), KNOTS) / len(latent)
    knots = np.quantile(values, share)
    inner = np.abs(KNOTS) <= 3.5
    low, high = LIMITS[name]
    at = [-4.5, *KNOTS[inner], 4.5]
    if name in LOGARITHMIC:
        positive = np.maximum(knots, SMALLEST / 10)
        logs = np.log10(positive)
        zero = values.eq(0).mean()
        if zero > 0.01:  # below the share of zeros, fall off so that the table crosses SMALLEST where the zeros end
            edge = np.quantile(latent, zero)
            logs = np.where(edge > KNOTS, np.log10(SMALLEST) - 2 * (edge - KNOTS), logs)
        else:
            logs = np.interp(KNOTS, at, [np.log10(low), *logs[inner], np.log10(high)])
        return 10 ** np.clip(logs, np.log10(low), np.log10(high))
    return np.interp(KNOTS, at, [low, *knots[inner], high])


def look_up(name: str, knots: np.ndarray, latent: np.ndarray) -> np.ndarray:
    if name in LOGARITHMIC:
        value = 10 ** np.interp(latent, KNOTS, np.log10(knots))
        return np.where(value < SMALLEST, 0, value)
    value = np.interp(latent, KNOTS, knots)
    return np.floor(value) if name in DISCRETE else value


def nearest(matrix: np.ndarray) -> np.ndarray:
    """The matrix with small eigenvalues lifted and a diagonal of ones."""
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    lifted = (vectors * np.maximum(values, 0.02)) @ vectors.T
    scale = np.sqrt(np.diag(lifted))
    return lifted / np.outer(scale, scale)


def render(sample, names, shift, spread, correlation, tables) -> str:
    genres = {name: sample.genre[sample.genre.isin(GROUPS[name].split())].value_counts().sort_index() for name in names}
    keys = sample.key.value_counts().sort_index()
    major = sample.groupby("key")["mode"].mean()
    columns = "".join(
        f"    {{ name: '{c}', scale: '{'logarithmic' if c in LOGARITHMIC else 'linear'}', "
        f"knots: [{', '.join(number(v, c) for v in tables[c])}] }},\n"
        for c in COLUMNS
    )
    rows = "".join(f"    [{', '.join(f'{v + 0.0:g}' for v in correlation[j, : j + 1])}],\n" for j in range(len(COLUMNS)))
    groups = "".join(
        f"    {{ name: '{name}', shift: [{', '.join(f'{v + 0.0:g}' for v in shift[i])}], "
        f"spread: [{', '.join(f'{v:g}' for v in spread[i])}], "
        f"genres: [{', '.join(f'{{ name: {genre!r}, parts: {n} }}' for genre, n in genres[name].items())}] }},\n"
        for i, name in enumerate(names)
    )
    return (
        "// Written by scripts/fit-synthetic-catalogue.py; change that, not this.\n"
        "import type { CatalogueModel } from './model.js';\n\n"
        f"/** Fitted to a random sample of {len(sample):,} tracks of Kaggle's \"Spotify 1 Million Tracks\". */\n"
        "export const FITTED_MODEL: CatalogueModel = {\n"
        f"  columns: [\n{columns}  ],\n  correlation: [\n{rows}  ],\n  groups: [\n{groups}  ],\n"
        f"  keys: [{', '.join(str(n) for n in keys)}],\n"
        f"  majorShare: [{', '.join(f'{v:.2f}' for v in major)}],\n}};"
    )


def number(value: float, column: str) -> str:
    decimals = {"duration_ms": 0, "year": 2, "popularity": 2, "time_signature": 2, "tempo": 2, "loudness": 2}.get(column)
    return f"{value:.4g}" if decimals is None else f"{round(value, decimals):.10g}"


if __name__ == "__main__":
    main(sys.argv[1])
