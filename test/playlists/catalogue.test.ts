import { fork } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Home, homeAt } from '#segue/core/home.js';
import { writeModelVersion } from '#segue/models/files.js';
import { promote } from '#segue/models/registry.js';
import { type Catalogue, type CatalogueEvent, openCatalogue } from '#segue/playlists/catalogue.js';
import type { PlaylistRequest } from '#segue/playlists/playlist.js';
import { MOST_WAITING, playlistThread } from '#segue/playlists/thread.js';
import { tempFolder } from '../core/temp.js';
import { indexBytes, shared, writeTracks } from './index-of.js';
import { randomTracks, spotifyModel } from './tracks.js';

const model = spotifyModel();
const { version } = model;
const tracks = randomTracks({ tracks: 500, artists: 80, seed: 3 });
const LIMIT = 10_000;
const REQUEST: PlaylistRequest = { from: { segment: 0 }, length: 5, variety: 0.5, seed: 1, exclude: [] };
const HOUR = 3_600_000;

let sound: Buffer;
beforeAll(async () => {
  sound = await indexBytes(tracks, model, LIMIT);
});

/** A home with the dataset of a run and the models that it made. */
async function homeOf(...models: (typeof model)[]): Promise<Home> {
  const home = homeAt(join(await tempFolder(), 'home'));
  const dataset = home.dataset('run-1');
  await mkdir(dataset.folder, { recursive: true });
  await writeTracks(dataset, tracks, 400);
  for (const each of models) {
    await writeModelVersion(home, { model: each, metrics: {}, profile: { segments: [] } });
    await promote(home, each.version, { run: 'run-1', actor: 'ana', now: () => new Date() });
  }
  return home;
}

/** A catalogue that is closed when the test is over, and what it tells. */
function openOf(home: Home, { limit = LIMIT, keepMs = HOUR } = {}) {
  const events: CatalogueEvent[] = [];
  const catalogue = openCatalogue({ home, limit, keepMs, onEvent: (event) => events.push(event) });
  onTestFinished(() => catalogue.close());
  return { catalogue, events };
}

const answers = async (catalogue: Catalogue, of = version): Promise<number> =>
  (await catalogue.ask(of, 'playlist', REQUEST)).tracks.length;

describe('the index of a version', () => {
  it('is made once, whole, and read by whoever needs it later, without the dataset too', async () => {
    const home = await homeOf(model);
    const first = openOf(home);
    await first.catalogue.follow(version);
    expect(first.events).toEqual([{ event: 'ready', version, tracks: 500, built: true }]);
    expect(await answers(first.catalogue)).toBe(5);
    expect(await readdir(home.indexes)).toEqual([`${version}.tracks`]);
    expect((await readFile(home.index(version))).equals(sound)).toBe(true);
    await rm(home.dataset('run-1').folder, { recursive: true });
    const second = openOf(home);
    await second.catalogue.follow(version);
    expect(second.events).toEqual([{ event: 'ready', version, tracks: 500, built: false }]);
    expect(await answers(second.catalogue)).toBe(5);
  });

  it('is made by one of several who need it at once', async () => {
    const home = await homeOf(model);
    const all = [openOf(home), openOf(home), openOf(home)];
    await Promise.all(all.map(({ catalogue }) => catalogue.follow(version)));
    const events = all.flatMap((each) => each.events);
    expect(events.map(({ event }) => event)).toEqual(['ready', 'ready', 'ready']);
    expect(events.filter((event) => event.event === 'ready' && event.built)).toHaveLength(1);
    for (const { catalogue } of all) expect(await answers(catalogue)).toBe(5);
  });

  it.each([
    ['empty', () => Buffer.alloc(0), 'it is no track index'],
    ['another kind of file', () => Buffer.from('{}'.repeat(500)), 'it is no track index'],
    ['cut off', () => sound.subarray(0, sound.length - 1000), 'its checksum does not fit'],
    [
      'changed in one bit',
      () => sound.map((byte, i) => (i === 5000 ? byte ^ 1 : byte)),
      'its checksum does not fit',
    ],
    ['of another version', () => indexBytes(tracks, spotifyModel(4, 2), LIMIT), /^it belongs to m-/],
    ['of another limit', () => indexBytes(tracks, model, 400), 'it was made for at most 400 tracks'],
  ])('that is %s is made again', async (_what, bytes, fault) => {
    const home = await homeOf(model);
    await mkdir(home.indexes);
    await writeFile(home.index(version), await bytes());
    const { catalogue, events } = openOf(home);
    await catalogue.follow(version);
    expect(events).toEqual([
      { event: 'damaged', version, fault: expect.stringMatching(fault) as unknown },
      { event: 'ready', version, tracks: 500, built: true },
    ]);
    expect((await readFile(home.index(version))).equals(sound)).toBe(true);
  });

  it('is made after one that was stopped, which leaves nothing behind', async () => {
    const home = await homeOf(model);
    const stopped = openOf(home);
    const following = stopped.catalogue.follow(version);
    await appearance(home, '.lock');
    await stopped.catalogue.close();
    await following;
    expect(stopped.events).toEqual([]);
    await writeFile(`${home.index(version)}.1-0a1b2c3d.draft`, 'half');
    const { catalogue } = openOf(home);
    await catalogue.follow(version);
    expect(await answers(catalogue)).toBe(5);
    expect(await readdir(home.indexes)).toEqual([`${version}.tracks`]);
  });

  it('is made after a process that was killed over it', async () => {
    const home = await homeOf(model);
    const child = fork(new URL('follow.mjs', import.meta.url), [home.root, version], { execArgv: [] });
    await appearance(home, '.lock');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { catalogue } = openOf(home);
    await catalogue.follow(version);
    expect(await answers(catalogue)).toBe(5);
  });

  it('is told from one that can not be made', async () => {
    const home = await homeOf(model);
    await writeFile(home.dataset('run-1').yTest, 'no Parquet');
    const { catalogue, events } = openOf(home);
    await catalogue.follow(version);
    expect(events.map(({ event }) => event)).toEqual(['failed']);
    await expect(answers(catalogue)).rejects.toMatchObject({ code: 'no_catalogue' });
  });

  it('is made when the dataset is there again, at the next promotion at the latest', async () => {
    const home = await homeOf(model);
    const dataset = home.dataset('run-1');
    await rm(dataset.folder, { recursive: true });
    const { catalogue, events } = openOf(home);
    await catalogue.follow(version);
    expect(events).toEqual([{ event: 'none', version }]);
    await mkdir(dataset.folder);
    await writeTracks(dataset, tracks, 400);
    await catalogue.follow(version);
    expect(await answers(catalogue)).toBe(5);
  });

  it('is not made at all where the limit is 0', async () => {
    const home = await homeOf(model);
    const { catalogue } = openOf(home, { limit: 0 });
    await catalogue.follow(version);
    expect(catalogue.state(version)).toBe('none');
  });

  it('stays for a rollback; those before it go', async () => {
    const models = [1, 2, 3].map((seed) => spotifyModel(4, seed));
    const home = await homeOf(...models);
    const { catalogue } = openOf(home);
    for (const each of models) await catalogue.follow(each.version);
    const kept = models.slice(1).map((each) => `${each.version}.tracks`);
    expect((await readdir(home.indexes)).toSorted()).toEqual(kept.toSorted());
  });
});

describe('a swap', () => {
  const next = spotifyModel(4, 2);

  it('loads the new index beside the old one, which answers who began with it', async () => {
    const home = await homeOf(model, next);
    const { catalogue } = openOf(home);
    await catalogue.follow(version);
    const following = catalogue.follow(next.version);
    expect(catalogue.state(next.version)).toBe('loading');
    await expect(answers(catalogue, next.version)).rejects.toMatchObject({ code: 'catalogue_loading' });
    expect(await answers(catalogue)).toBe(5);
    await following;
    expect(await Promise.all([answers(catalogue), answers(catalogue, next.version)])).toEqual([5, 5]);
    await catalogue.follow(version);
    expect(await answers(catalogue)).toBe(5);
  });

  it('lets the old one go after a while', async () => {
    const home = await homeOf(model, next);
    const { catalogue } = openOf(home, { keepMs: 0 });
    await catalogue.follow(version);
    await catalogue.follow(next.version);
    await expect(answers(catalogue)).rejects.toMatchObject({ code: 'catalogue_loading' });
    expect(await answers(catalogue, next.version)).toBe(5);
  });
});

it('a playlist thread that dies is replaced, with all that it held', async () => {
  const deaths: Error[] = [];
  const thread = playlistThread((error) => deaths.push(error));
  onTestFinished(() => thread.close());
  await thread.hold(version, shared(sound));
  const before = await thread.ask(version, 'playlist', REQUEST);
  const killed = thread.hold('m-bad', new SharedArrayBuffer(64));
  const waiting = thread.ask(version, 'playlist', REQUEST);
  await expect(killed).rejects.toMatchObject({ code: 'catalogue_loading' });
  await expect(waiting).rejects.toMatchObject({ code: 'catalogue_loading' });
  expect(deaths).toHaveLength(1);
  expect(await thread.ask(version, 'playlist', REQUEST)).toEqual(before);
});

it('a playlist thread lets so many wait, refuses the others at once, and answers again when they are done', async () => {
  const thread = playlistThread(() => {});
  onTestFinished(() => thread.close());
  await thread.hold(version, shared(sound));
  const expected = await thread.ask(version, 'playlist', REQUEST);
  const all = Array.from({ length: MOST_WAITING + 3 }, () => thread.ask(version, 'playlist', REQUEST));
  const ends = await Promise.allSettled(all);
  for (const end of ends.slice(0, MOST_WAITING))
    expect(end).toEqual({ status: 'fulfilled', value: expected });
  for (const end of ends.slice(MOST_WAITING))
    expect(end).toMatchObject({ status: 'rejected', reason: { code: 'overloaded' } });
  expect(await thread.ask(version, 'playlist', REQUEST)).toEqual(expected);
});

/** Resolves when a file whose name ends so comes into the folder of the indexes. */
async function appearance(home: Home, end: string): Promise<void> {
  await mkdir(home.indexes, { recursive: true });
  await new Promise<void>((resolve) => {
    const look = async (): Promise<void> => {
      const names = await readdir(home.indexes);
      if (!names.some((name) => name.endsWith(end))) return;
      watcher.close();
      resolve();
    };
    const watcher = watch(home.indexes, () => void look());
    void look();
  });
}
