import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { prepareBases } from './bases.js';
import { buildah, npm } from './programs.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export type Target = 'api' | 'worker';

/** What an image says of how it is run. */
export interface Image {
  readonly name: string;
  /** Of what a program sees in it; apparent sizes, in bytes. */
  readonly bytes: number;
  readonly user: string;
  readonly folder: string;
  readonly environment: readonly string[];
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly health: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

interface Inspected {
  readonly FromImageID: string;
  readonly Docker: {
    readonly config: {
      readonly User: string;
      readonly WorkingDir: string;
      readonly Env: readonly string[];
      readonly Entrypoint: readonly string[];
      readonly Cmd: readonly string[];
      readonly Healthcheck?: { readonly Test: readonly string[] };
      readonly Labels: Readonly<Record<string, string>>;
    };
  };
}

/**
 * Builds a target of deploy/Dockerfile, every step of it, on stand-ins for the two images that it starts from.
 *
 * @param labels arguments of the build, such as VERSION
 */
export function buildImage(target: Target, labels: Readonly<Record<string, string>> = {}): Image {
  const { debian, node } = prepareBases();
  const name = `localhost/segue-${target}`;
  const values = { ...labels, NODE_IMAGE: node, BASE_IMAGE: debian };
  process.stderr.write(`building ${name}\n`);
  buildah(
    'build',
    '--quiet',
    '--isolation=chroot',
    '--format=docker',
    '--layers',
    ...npmSettings(),
    ...Object.entries(values).map(([key, value]) => `--build-arg=${key}=${value}`),
    '--file=deploy/Dockerfile',
    `--target=${target}`,
    `--tag=${name}`,
    ROOT,
  );
  const { config } = (JSON.parse(buildah('inspect', '--type', 'image', name)) as Inspected).Docker;
  return {
    name,
    bytes: sizeOf(name),
    user: config.User,
    folder: config.WorkingDir,
    environment: config.Env,
    entrypoint: config.Entrypoint,
    command: config.Cmd,
    health: config.Healthcheck?.Test ?? [],
    labels: config.Labels,
  };
}

/** What the user's npm needs to be let into its registry: a secret of the build, which no layer keeps. */
function npmSettings(): readonly string[] {
  const own = npm('config', 'get', 'userconfig');
  return existsSync(own) ? [`--secret=id=npmrc,src=${own}`] : [];
}

function sizeOf(image: string): number {
  const images = JSON.parse(buildah('images', '--json', image)) as readonly { readonly size: string }[];
  const [, number, unit] = /^([\d.]+) ([KMG])B$/.exec(images[0]!.size)!;
  return Number(number) * { K: 1e3, M: 1e6, G: 1e9 }[unit as 'K' | 'M' | 'G'];
}

/** The file system of an image, as a folder of this machine, until it is let go. */
export function mountImage({ name }: Image): { readonly root: string; readonly release: () => void } {
  const container = buildah('from', '--pull-never', name);
  return { root: buildah('mount', container), release: () => void buildah('rm', container) };
}
