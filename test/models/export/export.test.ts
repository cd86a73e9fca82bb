import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { EXPORT_FORMATS, exportModel } from '#segue/models/export/export.js';
import { modelText } from '#segue/models/format.js';
import { parseModel } from '#segue/models/parse.js';
import { exampleModel } from '../example.js';
import { homeWith } from '../home.js';

it('gives the same bytes for the same model, in every format', () => {
  for (const format of EXPORT_FORMATS) {
    expect(exportModel(exampleModel(), format)).toEqual(exportModel(exampleModel(), format));
    expect(exportModel(exampleModel(), format)).not.toEqual(exportModel(exampleModel({ seed: 2 }), format));
  }
});

it('gives model.json itself as json', async () => {
  const { home, names } = await homeWith(1);
  const stored = await readFile(home.model(names[0]!).model, 'utf8');
  const model = parseModel(stored, 'model.json');
  expect(String(exportModel(model, 'json'))).toBe(stored);
  expect(modelText(model)).toBe(stored);
});
