import { Command } from 'commander';

/**
 * Of names, the one that was most likely meant, as flags that there are not are told of: by commander's own measure. Undefined where none is
 * like it.
 */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const byLetters = new Map(names.map((one) => [lettersOf(one), one]));
  const probe = new Command()
    .helpOption(false)
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  for (const letters of byLetters.keys()) probe.option(`--${letters}`);
  const asked = lettersOf(name);
  try {
    probe.parse([`--${asked}`], { from: 'user' });
    return byLetters.get(asked);
  } catch (error) {
    const [, nearest = ''] = /Did you mean (?:one of )?--(\w+)/.exec(String(error)) ?? [];
    return byLetters.get(nearest);
  }
}

/** The letters of a name alone: `--min-silhouette` and SEGUE_MIN_SILHOUETTE have those of minSilhouette. */
function lettersOf(name: string): string {
  return name
    .replace(/^SEGUE_/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
}
