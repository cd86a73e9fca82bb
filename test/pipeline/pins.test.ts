import { expect, it } from 'vitest';
import { writeSyntheticCatalogue } from '#segue/catalogue/synthetic/write.js';
import { change } from '#segue/models/change.js';
import { loadModel, loadVersion } from '#segue/models/files.js';
import { meansOf } from '#segue/models/pins.js';
import { startRun } from '#segue/pipeline/start.js';
import type { Profile } from '#segue/training/profile.js';
import { segue, segueJson } from '../cli/segue.js';
import { pipelineFixture } from './fixture.js';

interface Listed {
  readonly segment_id: string;
  readonly name: { readonly en: string };
  readonly colour: string;
  readonly pinned: boolean;
}

interface Reviews {
  readonly name_reviews: readonly object[];
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
  const shown = await segueJson<{ names: Record<string, { en: string }> }>('models', 'show', version!, ...at);
  expect(shown.json.names[id]).toEqual({ en: 'songs for cooking', es: 'para cocinar' });

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

it('a pinned name whose segment moved asks for review: in the list, in the diff, and for programs', async () => {
  const { home, options, context } = await pipelineFixture();
  const first = await loadModel(home, (await startRun(context, { options })).version!);
  const { segment_id: id } = first.segments[0]!;
  const at = ['--home', home.root];
  const diff = ['models', 'diff', first.version, first.version, ...at] as const;
  await segue('segments', 'pin', id, '--en', 'songs for cooking', '--es', 'para cocinar', ...at);
  expect((await segueJson<Reviews>(...diff)).json.name_reviews).toEqual([]);
  expect((await segue(...diff)).stdout).not.toContain('still fit');

  const { profile } = await loadVersion(home, first.version);
  const { catalogue, segments } = profile as Profile;
  const { feature, sd } = catalogue.features[0]!;
  const means = meansOf(profile as Profile, 0);
  await change(home, { run: null, actor: 'ana', now: () => new Date() }, async (_, author) => [
    {
      event: 'name_pinned',
      version: first.version,
      pin: {
        segment_id: id,
        name: { en: 'songs of old', es: 'canciones de antes' },
        means: { ...means, [feature]: segments[0]!.features[0]!.mean - 0.75 * sd },
      },
      ...author,
    },
  ]);
  expect((await segueJson<Reviews>(...diff)).json.name_reviews).toEqual([
    {
      segment_id: id,
      name: { en: 'songs of old', es: 'canciones de antes' },
      feature,
      sd: expect.closeTo(0.75) as number,
    },
  ]);
  const said = `${feature} moved by 0.75 sd`;
  expect((await segue(...diff)).stdout).toContain(`Does «songs of old» still fit ${id}? Its ${said}`);
  expect((await segue('segments', 'list', ...at)).stdout).toContain(said);
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
