import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildah, hasImage, npm } from './programs.js';

/** Versions in the images that the Dockerfile names. */
const VERSIONS = { debian: 'bookworm', node: '20.20.2', npm: '10.8.2' } as const;

/** Where programs are, as Debian's images have it. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Names of the stand-ins, in the local store only. */
export interface Bases {
  /** In place of Debian's slim image. */
  readonly debian: string;
  /** In place of Node's. */
  readonly node: string;
}

/**
 * Images to build on where no registry of images can be reached: Debian's minimal system by debootstrap, and on it Node and npm as npm's
 * registry has them, of the versions that the Dockerfile names. Debian's own slim image has less: no apt lists, pages or translations.
 */
export function prepareBases(): Bases {
  const debian = `localhost/segue-stand-in-debian:${VERSIONS.debian}`;
  const node = `localhost/segue-stand-in-node:${VERSIONS.node}`;
  if (!hasImage(debian)) commit(debian, 'scratch', layDebian);
  if (!hasImage(node)) commit(node, debian, layNode);
  return { debian, node };
}

/** An image out of another one and what `lay` puts into a folder. */
function commit(image: string, from: string, lay: (folder: string) => void): void {
  process.stderr.write(`making ${image}\n`);
  const folder = mkdtempSync(join(tmpdir(), 'segue-base-'));
  const container = buildah('from', from);
  try {
    lay(folder);
    const mounted = buildah('mount', container);
    execFileSync('cp', ['-a', `${folder}/.`, mounted]);
    buildah('umount', container);
    buildah('config', '--env', `PATH=${PATH}`, container);
    buildah('commit', '--quiet', container, image);
  } finally {
    buildah('rm', container);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What Debian's slim image leaves out too. */
const NOT_IN_SLIM = [
  'var/cache/apt',
  'var/lib/apt/lists',
  'usr/share/doc',
  'usr/share/man',
  'usr/share/locale',
  'usr/share/info',
];

function layDebian(folder: string): void {
  execFileSync('debootstrap', ['--variant=minbase', VERSIONS.debian, folder], {
    stdio: ['ignore', 'ignore', 2],
  });
  for (const part of NOT_IN_SLIM) {
    rmSync(join(folder, part), { recursive: true, force: true });
    mkdirSync(join(folder, part));
  }
}

function layNode(folder: string): void {
  const local = join(folder, 'usr/local');
  mkdirSync(join(local, 'lib/node_modules/npm'), { recursive: true });
  unpack(`node-linux-${process.arch}@${VERSIONS.node}`, local, 'package/bin');
  unpack(`npm@${VERSIONS.npm}`, join(local, 'lib/node_modules/npm'), 'package');
  for (const name of ['npm', 'npx'])
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(local, 'bin', name));
  copySettings(folder);
}

/** Which registry this machine's npm asks, and whom it trusts. */
function copySettings(folder: string): void {
  const [everyones, trusted] = ['globalconfig', 'cafile'].map((key) => npm('config', 'get', key));
  if (existsSync(everyones!)) cpSync(everyones!, join(folder, 'usr/local/etc/npmrc'));
  if (existsSync(trusted!)) cpSync(trusted!, join(folder, trusted!), { dereference: true });
}

/** Unpacks a part of a package of npm's registry. */
function unpack(name: string, to: string, part: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'segue-pack-'));
  const [{ filename }] = JSON.parse(npm('pack', '--json', '--pack-destination', folder, name)) as [
    { readonly filename: string },
  ];
  execFileSync('tar', [
    '-xzf',
    join(folder, filename),
    '-C',
    to,
    '--strip-components=1',
    '--no-same-owner',
    part,
  ]);
  rmSync(folder, { recursive: true });
}
