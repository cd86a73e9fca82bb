import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { type Image, mountImage } from '../../deploy/image/build.js';
import { ROOT } from '../docs/files.js';

const RUN = join(ROOT, 'deploy/image/run.sh');

/** User and group of the images. */
const USER = 10001;

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs in the file system of an image. */
export interface Contained {
  /** SIGTERM, as an engine sends it to the first process of a container. */
  readonly stop: () => Promise<Ended>;
}

/** Starts and ends programs in an image, with one home. */
export interface Sandbox {
  /** Its file system, as this machine sees it. */
  readonly root: string;
  readonly home: string;
  /** What the image starts, or another command of its program. */
  readonly run: (command?: readonly string[], environment?: Environment) => Promise<Ended>;
  /** The command as it is, in place of what the image starts. */
  readonly runInstead: (command: readonly string[], environment?: Environment) => Promise<Ended>;
  readonly start: (command?: readonly string[], environment?: Environment) => Contained;
}

type Environment = Readonly<Record<string, string>>;

/** A folder that the images' user owns, as an engine makes a volume. */
export async function volume(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'segue-volume-'));
  await chown(folder, USER, USER);
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

export function sandboxOf(image: Image, home: string): Sandbox {
  const { root, release } = mountImage(image);
  onTestFinished(release);
  const begin = (argv: readonly string[], environment: Environment): ChildProcess => {
    const own = Object.fromEntries(
      image.environment.map((pair) => [pair.split('=')[0]!, pair.slice(pair.indexOf('=') + 1)]),
    );
    const child = spawn(RUN, [root, home, image.user, ...argv], {
      env: { ...own, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  };
  const started = (command = image.command) => [...image.entrypoint, ...command];
  return {
    root,
    home,
    run: async (command, environment = {}) => ended(begin(started(command), environment)),
    runInstead: async (command, environment = {}) => ended(begin(command, environment)),
    start: (command, environment = {}) => {
      const child = begin(started(command), environment);
      const end = ended(child);
      return {
        stop: async () => {
          process.kill(await firstInside(child), 'SIGTERM');
          return end;
        },
      };
    },
  };
}

async function ended(child: ChildProcess): Promise<Ended> {
  const [[code], stdout, stderr] = await Promise.all([
    once(child, 'exit') as Promise<[number]>,
    text(child.stdout!),
    text(child.stderr!),
  ]);
  return { code, stdout, stderr };
}

/** The process that is the first one inside, by its number on this machine. */
async function firstInside({ pid }: ChildProcess): Promise<number> {
  return Number((await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim());
}
