import { readdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { writeJson } from '#segue/core/files.js';
import type { Act } from '#segue/models/change.js';
import { loadModel } from '#segue/models/files.js';
import { recordPruned } from '#segue/models/notes.js';
import { productionVersion, promote, rollback } from '#segue/models/registry.js';
import { listVersions } from '#segue/models/versions.js';
import { prune, pruneable } from '#segue/pipeline/prune.js';
import { startRun } from '#segue/pipeline/start.js';
import { segue, segueJson } from '../cli/segue.js';
import { pipelineFixture } from './fixture.js';

const ACT: Act = { run: null, actor: 'ana', now: () => new Date(), reason: 'retention' };
const POLICY = { versions: 2, datasets: 1 };

it('removes what the policy doesn’t keep, says so in the ledger, and takes a version in again that is trained anew', async () => {
  const { home, options, context } = await pipelineFixture(1500);
  const records = [];
  for (const k of [3, 4, 5, 6]) records.push(await startRun(context, { options: { ...options, k } }));
  const versions = records.map(({ version }) => version!);
  const [first, second] = [versions[0]!, versions[1]!];

  const planned = await pruneable(home, POLICY);
  expect(planned).toMatchObject({
    versions: [first, second],
    datasets: records.slice(0, 2).map(({ run }) => run),
  });
  expect(planned.bytes).toBeGreaterThan(10_000);
  expect(await prune(home, POLICY, ACT)).toEqual(planned);
  expect(await prune(home, POLICY, ACT)).toEqual({
    versions: [],
    datasets: [],
    bytes: 0,
    cluster_folders: [],
  });
  expect((await readdir(home.models)).toSorted()).toEqual(versions.slice(2).toSorted());
  expect(await readdir(home.runs)).toHaveLength(4);

  expect((await listVersions(home)).map(({ state, pruned }) => (pruned ? 'pruned' : state))).toEqual([
    'production',
    'archived',
    'pruned',
    'pruned',
  ]);
  await expect(promote(home, first, ACT)).rejects.toThrow(/removed by «segue prune»/);
  expect(await rollback(home, ACT)).toMatchObject({ version: versions[2] });

  const again = await startRun(context, { options: { ...options, k: 3 }, fresh: true });
  expect(again.state).toBe('promoted');
  expect(await productionVersion(home)).toBe(again.version);
  await loadModel(home, again.version!);
});

it('goes on where a killed one was: the ledger knew, the files were still there', async () => {
  const { home, options, context } = await pipelineFixture(1500);
  for (const k of [3, 4, 5, 6]) await startRun(context, { options: { ...options, k } });
  const [first] = (await listVersions(home)).toReversed();
  await recordPruned(home, [first!.version], ACT);
  const { json } = await segueJson<{ versions: string[] }>(
    'prune',
    '--home',
    home.root,
    '--keep-versions',
    '3',
  );
  expect(json.versions).toEqual([first!.version]);
  expect(await readdir(home.models)).not.toContain(first!.version);
});

it('names folders of a cluster that no dataset stands on any more, and leaves them', async () => {
  const { home, options, context } = await pipelineFixture(1500);
  const records = [];
  for (const k of [3, 4, 5, 6]) records.push(await startRun(context, { options: { ...options, k } }));
  const note = (work: string): object => ({ format: 'segue-cluster/1', work, whole: true });
  for (const [i, work] of ['s3a://music/a', 's3a://music/b', 's3a://music/b', 's3a://music/c'].entries())
    await writeJson(home.dataset(records[i]!.run).cluster, note(work));
  expect(await pruneable(home, POLICY)).toMatchObject({ cluster_folders: ['s3a://music/a'] });
  const { stdout } = await segue(
    'prune',
    '--home',
    home.root,
    '--keep-versions',
    '2',
    '--keep-datasets',
    '1',
  );
  expect(stdout).toContain("On the cluster's storage, nothing needs this any more: s3a://music/a\n");
  expect(stdout).not.toContain('s3a://music/b');
});
