import { afterAll, beforeAll, expect, it } from 'vitest';
import { homeAt } from '#segue/core/home.js';
import { countAsked } from '#segue/drift/asked.js';
import { shareWindows } from '#segue/drift/shared-windows.js';
import { readWindows, windowWriter } from '#segue/drift/windows.js';
import { tempFolder } from '../cli/start.js';
import { askFor } from '../drift/asking.js';
import { exampleModel } from '../models/example.js';
import { type Store, startStore } from './store.js';

const model = exampleModel();
const DAY = '2026-11-24';

let store: Store;

beforeAll(async () => {
  store = await startStore();
});

afterAll(() => store.close());

it('homes that share a bucket add up what each was asked, once', async () => {
  const { registry } = store.space();
  const now = () => new Date(`${DAY}T12:00:00Z`);
  const open = async (writer: string) => {
    const home = homeAt(await tempFolder(), registry);
    const asked = countAsked();
    const tell = windowWriter(home, asked, writer, now);
    const tracks = async () => {
      await shareWindows(home, now());
      const { byVersion, unreadable } = await readWindows(home, DAY, DAY);
      expect(unreadable).toEqual([]);
      return byVersion.get(model.version)?.tracks ?? 0;
    };
    const ask = async (count: number) => {
      askFor(asked, model, count);
      await tell();
    };
    return { ask, tracks };
  };
  const [one, other] = [await open('one'), await open('other')];
  await one.ask(10);
  expect(await one.tracks()).toBe(10);
  await other.ask(5);
  expect(await other.tracks()).toBe(15);
  expect(await one.tracks()).toBe(15);
  await one.ask(7);
  expect(await one.tracks()).toBe(22);
  expect(await other.tracks()).toBe(22);
});
