import { expect, it } from 'vitest';
import { watchDrift } from '#segue/cli/serving/watch-drift.js';
import { countAsked } from '#segue/drift/asked.js';
import { windowWriter } from '#segue/drift/windows.js';
import { listPosted } from '#segue/notices/outbox.js';
import { tellerOf } from '#segue/notices/tell.js';
import { askFor } from '../drift/asking.js';
import { exampleModel } from '../models/example.js';
import { homeOfTest } from '../service/temp.js';
import { publish } from '../service/world.js';

const model = exampleModel();

async function watched(first: string) {
  const home = await homeOfTest();
  await publish(home, model);
  let time = new Date(first);
  const now = () => time;
  const populations: string[] = [];
  const errors: Error[] = [];
  const watch = () =>
    watchDrift({
      home,
      teller: tellerOf(home, [], now),
      now,
      onPopulation: ({ model_version }) => populations.push(model_version),
      onError: (error) => errors.push(error),
    });
  const events = async () => (await listPosted(home)).map(({ notice }) => notice);
  return { home, now, watch, populations, errors, events, set: (to: string) => void (time = new Date(to)) };
}

it('tells once a week that other tracks are asked, also over restarts', async () => {
  const { home, now, watch, populations, errors, events, set } = await watched('2026-11-24T12:00:00Z');
  const asked = countAsked();
  const tell = windowWriter(home, asked, 'one', now);
  const first = watch();
  await first.look();
  expect(await events()).toEqual([]);

  askFor(asked, model, 3000, { shift: { tempo: 1 } });
  await tell();
  await first.look();
  await first.look();
  first.stop();
  const restarted = watch();
  await restarted.look();
  expect(populations).toEqual([model.version]);
  expect((await events()).map(({ event, what }) => ({ event, what }))).toEqual([
    { event: 'drift', what: `What is asked no longer looks like what ${model.version} was trained on.` },
  ]);
  set('2026-11-30T00:00:00Z'); // the next Monday; the tracks are still in the window
  await restarted.look();
  expect(populations).toHaveLength(2);
  restarted.stop();
  expect(errors).toEqual([]);
});

it('tells of other units without asking for a retrain', async () => {
  const { home, now, watch, populations, events } = await watched('2026-11-24T12:00:00Z');
  const asked = countAsked();
  const shift = Object.fromEntries(model.reference.map(({ feature }) => [feature, 50]));
  askFor(asked, model, 500, { shift });
  await windowWriter(home, asked, 'one', now)();
  const watching = watch();
  await watching.look();
  watching.stop();
  expect(populations).toEqual([]);
  const [notice] = await events();
  expect(notice!.what_to_do).toContain('A retrain would not help');
});
