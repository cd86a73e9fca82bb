import { execFileSync, spawnSync } from 'node:child_process';

/** Runs buildah, Debian's builder of images, which needs no engine. What it says while it works goes to standard error. */
export function buildah(...args: readonly string[]): string {
  return output('buildah', args, 'apt-get install buildah; it needs root');
}

export function npm(...args: readonly string[]): string {
  return output('npm', args, 'it comes with Node');
}

/** Whether the local store has an image of that name. */
export function hasImage(image: string): boolean {
  return spawnSync('buildah', ['inspect', '--type', 'image', image], { stdio: 'ignore' }).status === 0;
}

function output(program: string, args: readonly string[], mend: string): string {
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 2],
      maxBuffer: 2 ** 26,
    }).trim();
  } catch (cause) {
    throw new Error(`«${program} ${args.join(' ')}» failed (${mend}).`, { cause });
  }
}
