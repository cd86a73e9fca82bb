import { describe, expect, it } from 'vitest';
import { SegueError } from '#segue/core/errors.js';
import { type LiveModel, liveModel } from '#segue/service/live-model.js';
import { modelSource, type Production, type Refusal } from '#segue/service/model-source.js';
import { exampleModel } from '../models/example.js';
import { NOW } from './temp.js';

const live = (production: Production): LiveModel =>
  liveModel(
    {
      model: { ...exampleModel(), version: production.version },
      profile: { segments: exampleModel().segments },
    },
    production.promotedAt,
  );

/** A source whose ledger is a variable, and all that it told. */
function source(first?: Production) {
  const told: string[] = [];
  const state: { wanted: Production | undefined | Error; broken: string | undefined } = {
    wanted: first,
    broken: undefined,
  };
  const models = modelSource({
    production: async () => {
      if (state.wanted instanceof Error) throw state.wanted;
      return state.wanted;
    },
    load: async (production) => {
      if (production.version === state.broken)
        throw new SegueError('SEGUE_MODEL_CORRUPT', { what: 'broken', mend: 'mend' });
      return live(production);
    },
    onServed: ({ version }) => told.push(`served ${version}`),
    onRefusal: (refusal: Refusal | undefined) =>
      told.push(refusal ? `refused ${refusal.version} ${refusal.error.code}` : 'well'),
  });
  return { models, told, state };
}

const at = (version: string, promotedAt = NOW): Production => ({ version, promotedAt, pins: new Map() });

describe('the model source', () => {
  it('has nothing before its first refresh, and nothing to refuse', async () => {
    const { models, told } = source();
    expect(models.current()).toBeUndefined();
    await models.refresh();
    expect([models.current(), models.refusal(), told]).toEqual([undefined, undefined, []]);
  });

  it('loads what is in production, once', async () => {
    const { models, told } = source(at('a'));
    await models.refresh();
    const first = models.current();
    await models.refresh();
    expect(models.current()).toBe(first);
    expect(told).toEqual(['served a']);
  });

  it('takes up a later promotion of the same version', async () => {
    const { models, state } = source(at('a'));
    await models.refresh();
    const later = new Date(NOW.getTime() + 1000);
    state.wanted = at('a', later);
    await models.refresh();
    expect(models.current()?.promotedAt).toEqual(later);
  });

  it('keeps the old one while the new one is broken, tells it once, and tells when all is well', async () => {
    const { models, told, state } = source(at('a'));
    await models.refresh();
    Object.assign(state, { wanted: at('b'), broken: 'b' });
    await models.refresh();
    await models.refresh();
    expect([models.current()?.version, models.refusal()?.version]).toEqual(['a', 'b']);
    state.broken = undefined;
    await models.refresh();
    expect([models.current()?.version, models.refusal()]).toEqual(['b', undefined]);
    expect(told).toEqual(['served a', 'refused b SEGUE_MODEL_CORRUPT', 'served b', 'well']);
  });

  it('goes on serving when the ledger is gone or cannot be read', async () => {
    const { models, told, state } = source(at('a'));
    await models.refresh();
    state.wanted = undefined;
    await models.refresh();
    state.wanted = new Error('unreadable');
    await models.refresh();
    expect(models.current()?.version).toBe('a');
    expect(told).toEqual(['served a', 'refused null SEGUE_NO_PRODUCTION', 'refused null SEGUE_INTERNAL']);
  });

  it('many refreshes at once end with the last state', async () => {
    const { models, state } = source(at('a'));
    const all = ['a', 'b', 'c'].map((version) => {
      state.wanted = at(version);
      return models.refresh();
    });
    await Promise.all(all);
    expect(models.current()?.version).toBe('c');
  });
});
