import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { namesIn } from '#segue/core/files.js';
import { countAsked } from '#segue/drift/asked.js';
import { servedDrift } from '#segue/drift/served.js';
import { tallyOf } from '#segue/drift/tally.js';
import { readWindows, windowWriter } from '#segue/drift/windows.js';
import { exampleModel } from '../models/example.js';
import { homeOfTest } from '../service/temp.js';
import { askFor } from './asking.js';

const model = exampleModel();
const MONDAY = '2026-11-23';
const TUESDAY = '2026-11-24';

/** A clock that a test sets. */
function clock(day: string) {
  let time = new Date(`${day}T12:00:00Z`);
  return {
    now: () => time,
    set: (to: string) => {
      time = new Date(to);
    },
  };
}

it('adds replicas and restarts up, and parts days', async () => {
  const home = await homeOfTest();
  const { now, set } = clock(MONDAY);
  const [one, other] = [countAsked(), countAsked()];
  const tellOne = windowWriter(home, one, 'one', now);
  const tellOther = windowWriter(home, other, 'other', now);
  askFor(one, model, 10);
  askFor(other, model, 5);
  await tellOne();
  await tellOther();
  askFor(one, model, 7);
  set(`${TUESDAY}T00:00:05Z`);
  await tellOne(); // what came since the last time is still Monday's
  askFor(one, model, 100);
  await tellOne();
  const restarted = countAsked();
  askFor(restarted, model, 1);
  await windowWriter(home, restarted, 'restarted', now)();

  const tracksOf = async (first: string, last: string) => {
    const window = (await readWindows(home, first, last)).byVersion.get(model.version)!;
    expect(tallyOf(model, window.sums).tracks).toBe(window.tracks);
    return window.tracks;
  };
  expect(await tracksOf(MONDAY, MONDAY)).toBe(22);
  expect(await tracksOf(TUESDAY, TUESDAY)).toBe(101);
  expect(await tracksOf(MONDAY, TUESDAY)).toBe(123);
  const { tracks, window } = await servedDrift(home, model, now(), 1);
  expect({ tracks, window }).toEqual({ tracks: 101, window: { from: TUESDAY, to: TUESDAY } });
  const { before } = await servedDrift(home, model, now(), 1);
  expect(before).toMatchObject({ from: MONDAY, to: MONDAY, tracks: 22, model_version: model.version });
});

it('writes nothing where nothing new was asked', async () => {
  const home = await homeOfTest();
  const asked = countAsked();
  const tell = windowWriter(home, asked, 'one', clock(MONDAY).now);
  await tell();
  expect(await namesIn(home.drift)).toEqual([]);
  askFor(asked, model, 1);
  await tell();
  await rm(join(home.drift, MONDAY), { recursive: true });
  await tell();
  expect(await namesIn(home.drift)).toEqual([]);
});

it('names files that can’t be read, and counts the others', async () => {
  const home = await homeOfTest();
  const asked = countAsked();
  askFor(asked, model, 3);
  await windowWriter(home, asked, 'one', clock(MONDAY).now)();
  await writeFile(
    join(home.drift, MONDAY, `${model.version}.other.json`),
    '{"format":"segue-drift/1","sums":[1',
  );
  const { byVersion, unreadable } = await readWindows(home, MONDAY, MONDAY);
  expect(byVersion.get(model.version)!.tracks).toBe(3);
  expect(unreadable).toEqual([`${MONDAY}/${model.version}.other.json`]);
});

it('forgets days after two months', async () => {
  const home = await homeOfTest();
  const { now, set } = clock('2026-09-01');
  const asked = countAsked();
  const tell = windowWriter(home, asked, 'one', now);
  askFor(asked, model, 1);
  await tell();
  set(`${MONDAY}T00:00:00Z`);
  await tell();
  askFor(asked, model, 1);
  await tell();
  expect(await namesIn(home.drift)).toEqual([MONDAY]);
});
