import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tempFolder } from '../core/temp.js';
import { ROOT } from '../docs/files.js';
import { bareNode, type Started } from './bare-node.js';
import { type Packed, pack } from './packed.js';

/** The oldest Node that is supported and the newest even one, each with the npm that it comes with. */
const NODES = [
  { node: '20.19.0', npm: '10.8.2' },
  { node: '22.23.3', npm: '10.9.4' },
] as const;

/** What README.md tells its readers to do; done here step by step, to be timed. */
const TOLD = 'npm install ./segue-*.tgz && npx segue demo';

const MEGABYTE = 1e6;

/** The tarball's largest size, so that nothing gets into it unseen. */
const MOST = 1.5 * MEGABYTE;

let folder: string;
let packed: Packed;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segue-release-'));
  packed = await pack(folder);
});

afterAll(() => rm(folder, { recursive: true, maxRetries: 5 }));

describe('the tarball', () => {
  it('holds the program, the dashboard, the pages and what licences ask for, and nothing else', () => {
    const ships = /^(bin\/segue|dist\/.+)\.js$|^web\/dist\/|^docs\/.+\.md$/;
    const others = packed.files.map(({ path }) => path).filter((path) => !ships.test(path));
    const papers = ['CHANGELOG', 'README', 'SECURITY', 'THIRD-PARTY-NOTICES'].map((name) => `${name}.md`);
    expect(others.toSorted()).toEqual(['LICENSE', ...papers, 'package.json'].toSorted());
  });

  it('has the build of every source, and no other', async () => {
    const { stdout } = await promisify(execFile)('git', ['ls-files', 'src'], { cwd: ROOT });
    const sources = stdout
      .split('\n')
      .filter((name) => /(?<!\.d)\.ts$/.test(name) && !name.startsWith('src/kernels/assembly/'));
    const built = [
      ...sources.map((name) => name.replace(/^src(.*)\.ts$/, 'dist$1.js')),
      'dist/kernels/wasm.gen.js',
    ];
    const shipped = packed.files.map(({ path }) => path).filter((path) => path.startsWith('dist/'));
    expect(shipped.toSorted()).toEqual(built.toSorted());
  });

  it('is small', () => {
    process.stdout.write(
      `${packed.files.length} files, ${megabytes(packed.size)} packed, ${megabytes(packed.unpackedSize)} unpacked\n`,
    );
    expect(packed.size).toBeLessThan(MOST);
  });
});

describe.each(NODES)('with nothing but Node $node', ({ node, npm }) => {
  it('installs, answers, is killed and answers again', async () => {
    const bare = await bareNode(node, npm);
    const empty = await tempFolder();
    expect(await readFile(join(ROOT, 'README.md'), 'utf8')).toContain(TOLD);
    expect(await bare.run(empty, 'node', '--version')).toBe(`v${node}`);

    const began = performance.now();
    await bare.run(empty, 'npm', 'install', '--no-audit', '--no-fund', packed.path);
    const installed = performance.now();
    const demo = async (): Promise<Started> =>
      bare.start(empty, /^Stop: /, 'npx', 'segue', 'demo', '--port', '0');
    const first = await demo();
    const answer = await answerOf(first);
    const answered = performance.now();
    await showsPages(first);
    await first.kill();
    const second = await demo();
    expect(await answerOf(second)).toEqual(answer);
    await second.kill();

    const seconds = [installed - began, answered - installed].map((ms) => (ms / 1000).toFixed(1));
    process.stdout.write(`Node ${node}: installed in ${seconds[0]} s, answered ${seconds[1]} s later\n`);
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(await bare.run(empty, 'npx', 'segue', '--version')).toBe(version);
  });
});

/** What the curl line that the demo prints is answered. */
async function answerOf({ lines }: Started): Promise<unknown> {
  const line = lines.find((one) => one.startsWith('curl '))!;
  const { stdout } = await promisify(execFile)('sh', ['-c', line]);
  const answer = JSON.parse(stdout) as { readonly cluster_id: number; readonly model_version: string };
  expect(answer.cluster_id).toBeGreaterThanOrEqual(0);
  expect(answer.model_version).toMatch(/^m-\w{12}$/);
  return answer;
}

/** The dashboard and the documentation are there for a browser. */
async function showsPages({ lines }: Started): Promise<void> {
  for (const name of ['dashboard', 'documentation']) {
    const url = new RegExp(String.raw`^${name} +(\S+)`, 'm').exec(lines.join('\n'))![1]!;
    const response = await fetch(url);
    expect(response.status, url).toBe(200);
    expect(await response.text(), url).toMatch(/<html/);
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / MEGABYTE).toFixed(2)} MB`;
}
