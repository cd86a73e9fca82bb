import { closest, distance } from 'fastest-levenshtein';

/** Of names, the one that was most likely meant: also as a flag or a variable writes it. Undefined where none is like it. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const bare = bareName(name);
  const byBare = new Map(names.map((one) => [bareName(one), one]));
  const nearest = closest(bare, [...byBare.keys()]);
  return distance(bare, nearest) <= Math.max(bare.length, nearest.length) / 3
    ? byBare.get(nearest)
    : undefined;
}

/** The letters of a name alone: `--min-silhouette` and SEGUE_MIN_SILHOUETTE have those of minSilhouette. */
function bareName(name: string): string {
  return name
    .replace(/^SEGUE_/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
}
