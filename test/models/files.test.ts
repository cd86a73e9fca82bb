import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadModel, loadVersion, writeModelVersion } from '#segue/models/files.js';
import { modelText } from '#segue/models/format.js';
import { exampleModel } from './example.js';
import { homeWith } from './home.js';

const FILES = ['model.json', 'metrics.json', 'profile.json', 'checksums.json'];

describe('the folder of a version', () => {
  it('holds model, metrics, profile and their checksums, and nothing else is left', async () => {
    const { home } = await homeWith(0);
    const model = exampleModel();
    const metrics = { train: { wcss: 0.1 } };
    expect(await writeModelVersion(home, { model, metrics, profile: ['ñ'] })).toBe('written');
    expect(await readdir(home.models)).toEqual([model.version]);
    expect((await readdir(home.model(model.version).folder)).toSorted()).toEqual(FILES.toSorted());
    expect(await loadVersion(home, model.version)).toMatchObject({ model, metrics, profile: ['ñ'] });
    expect(await readFile(home.model(model.version).model, 'utf8')).toBe(modelText(model));
  });

  it('is never written over', async () => {
    const { home } = await homeWith(0);
    const model = exampleModel();
    await writeModelVersion(home, { model, metrics: 1, profile: 1 });
    const again = exampleModel({}, 'm-0123456789ab');
    expect(await writeModelVersion(home, { model: again, metrics: 2, profile: 2 })).toBe('existing');
    expect(await loadVersion(home, model.version)).toMatchObject({
      model: { parent: null },
      metrics: 1,
      profile: 1,
    });
  });

  it('is written by one of many at the same time', async () => {
    const { home } = await homeWith(0);
    const model = exampleModel();
    const write = (_: unknown, i: number): Promise<string> =>
      writeModelVersion(home, { model, metrics: i, profile: i });
    const outcomes = await Promise.all(Array.from({ length: 8 }, write));
    expect(outcomes.toSorted()).toEqual([...Array.from({ length: 7 }, () => 'existing'), 'written']);
    expect(await readdir(home.models)).toEqual([model.version]);
    const { metrics, profile } = await loadVersion(home, model.version);
    expect(metrics).toBe(profile);
  });

  it('takes only what could be read again', async () => {
    const { home } = await homeWith(0);
    const model = { ...exampleModel(), version: 'm-000000000000' };
    await expect(writeModelVersion(home, { model, metrics: 1, profile: 1 })).rejects.toMatchObject({
      code: 'SEGUE_MODEL_CORRUPT',
    });
    await expect(readdir(home.models)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is refused when a bit has flipped anywhere in it, or when it is cut off', async () => {
    const { home, names } = await homeWith(1);
    const { folder } = home.model(names[0]!);
    const damage = fc.record({
      file: fc.constantFrom(...FILES),
      at: fc.nat(),
      bit: fc.nat(7),
      cut: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ file, at, bit, cut }) => {
        const path = `${folder}/${file}`;
        const intact = await readFile(path);
        const place = at % intact.length;
        const damaged = Buffer.from(cut ? intact.subarray(0, place) : intact);
        if (!cut) damaged[place]! ^= 1 << bit;
        await writeFile(path, damaged);
        const error: unknown = await loadModel(home, names[0]!).catch((thrown: unknown) => thrown);
        await writeFile(path, intact);
        const onlyLayout = sameJson(file, intact, damaged); // white space in the list of checksums itself
        expect(error).toMatchObject(onlyLayout ? { version: names[0] } : { code: 'SEGUE_MODEL_CORRUPT' });
      }),
      { numRuns: 300 },
    );
  });

  it('is refused when a file is missing or it holds another version', async () => {
    const { home, names } = await homeWith(2);
    const [a, b] = names.map((name) => home.model(name)) as [
      ReturnType<typeof home.model>,
      ReturnType<typeof home.model>,
    ];
    for (const file of FILES) await writeFile(`${b.folder}/${file}`, await readFile(`${a.folder}/${file}`));
    await expect(loadModel(home, names[1]!)).rejects.toMatchObject({
      code: 'SEGUE_MODEL_CORRUPT',
      details: { what: `${b.folder}: holds another version`, value: names[0], limit: names[1] },
    });
    await rm(a.metrics);
    await expect(loadModel(home, names[0]!)).rejects.toMatchObject({
      code: 'SEGUE_MODEL_CORRUPT',
      details: { what: `${a.metrics}: the file is missing` },
    });
  });

  it('is not found under a name that is none, whatever lies there', async () => {
    const { home } = await homeWith(1);
    await mkdir(`${home.root}/elsewhere`);
    for (const name of ['m-000000000000', '../elsewhere', 'm-', '', '.']) {
      await expect(loadModel(home, name)).rejects.toMatchObject({ code: 'SEGUE_MODEL_NOT_FOUND' });
    }
  });
});

function sameJson(file: string, a: Buffer, b: Buffer): boolean {
  if (file !== 'checksums.json') return false;
  try {
    return JSON.stringify(JSON.parse(a.toString())) === JSON.stringify(JSON.parse(b.toString()));
  } catch {
    return false;
  }
}
