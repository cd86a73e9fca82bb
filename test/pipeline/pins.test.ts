import { expect, it } from 'vitest';
import { writeSyntheticCatalogue } from '#segue/catalogue/synthetic/write.js';
import { loadModel } from '#segue/models/files.js';
import { startRun } from '#segue/pipeline/start.js';
import { segue, segueJson } from '../cli/segue.js';
import { pipelineFixture } from './fixture.js';

interface Listed {
  readonly segment_id: string;
  readonly name: { readonly en: string };
  readonly colour: string;
  readonly pinned: boolean;
}

it('a pinned name and the colour follow the segment through retrains and a rollback, until the name is taken back', async () => {
  const { home, options, context } = await pipelineFixture();
  const first = await loadModel(home, (await startRun(context, { options })).version!);
  const { segment_id: id, name: proposed } = first.segments[1]!;
  const at = ['--home', home.root];
  const list = async (): Promise<Listed> =>
    (await segueJson<Listed[]>('segments', 'list', ...at)).json.find(({ segment_id }) => segment_id === id)!;
  const { colour } = await list();

  await segue('segments', 'pin', id, '--en', 'songs for cooking', '--es', 'para cocinar', ...at);
  expect(await list()).toMatchObject({ name: { en: 'songs for cooking' }, pinned: true, colour });
  expect(
    (await segue('segments', 'pin', id, '--en', 'songs for cooking', '--es', 'para cocinar', ...at)).stdout,
  ).toContain('already');

  const more = `${options.source}.more.csv`;
  await writeSyntheticCatalogue(more, { tracks: 3150, seed: 5 });
  const { version } = await startRun(context, { options: { ...options, source: more } });
  expect(version).not.toBe(first.version);
  expect(await list()).toMatchObject({ name: { en: 'songs for cooking' }, pinned: true, colour });
  await segue('models', 'rollback', ...at);
  expect(await list()).toMatchObject({ name: { en: 'songs for cooking' }, pinned: true, colour });
  expect((await segue('models', 'show', version!, ...at)).stdout).toContain('songs for cooking');

  await segue('segments', 'unpin', id, ...at);
  expect(await list()).toMatchObject({ name: proposed, pinned: false, colour });
  expect((await segue('segments', 'unpin', id, ...at)).exitCode).toBe(2);
  const { stdout } = await segue('segments', 'history', id, ...at);
  const lines = stdout.trimEnd().split('\n').slice(1);
  expect(lines.map((line) => /born|named|continued|taken back/.exec(line)?.[0])).toEqual([
    'born',
    'named',
    'continued',
    'taken back',
  ]);
});

it('a name is of a segment in production, and short', async () => {
  const { home, options, context } = await pipelineFixture(1500);
  const pin = (id: string, en: string) =>
    segue('segments', 'pin', id, '--en', en, '--es', 'x', '--home', home.root);
  expect((await pin('seg_aaaaaaaaaa', 'x')).stderr).toContain('No model is in production');
  const model = await loadModel(home, (await startRun(context, { options })).version!);
  expect((await pin('seg_aaaaaaaaaa', 'x')).stderr).toContain('no segment with this permanent id');
  const { segment_id } = model.segments[0]!;
  for (const name of [' ', 'x'.repeat(61), 'a\nb']) expect((await pin(segment_id, name)).exitCode).toBe(2);
});
