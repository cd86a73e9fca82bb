import { rm } from 'node:fs/promises';
import { fitScaler, standardise } from '#segue/training/scaler.js';
import { syntheticFeatures, writeColumns } from './data.js';
import * as ours from './ours.js';
import type { Bench, DataSet } from './work.js';

const SEED = 7;
const K = 8;

/** Data of a bench: synthetic tracks, made when a work first asks for them and loaded by the peer from a file. */
export function prepareData({
  pool,
  peer,
  others,
  folder,
}: Pick<Bench, 'pool' | 'peer' | 'others' | 'folder'>): Pick<Bench, 'data' | 'initial'> {
  const sets = new Map<string, DataSet>();
  const seeds = new Map<number, ours.Points>();
  const data: Bench['data'] = async (rows, units) => {
    const name = `${rows}.${units}`;
    const made = sets.get(name);
    if (made !== undefined) return made;
    const raw = syntheticFeatures(rows, SEED);
    const columns = units === 'raw' ? raw : standardise(raw, await fitScaler(raw, pool));
    const file = `${folder}/${name}.f64`;
    writeColumns(file, columns);
    const load = { name, file, rows, features: columns.names.length };
    await peer.ask('load', load);
    if (units === 'z') await others.ask('load', load);
    await rm(file);
    const set = { name, columns };
    sets.set(name, set);
    return set;
  };
  return {
    data,
    async initial(rows) {
      const { columns } = await data(rows, 'z');
      const points = seeds.get(rows) ?? (await ours.firstCentroids(columns, K, SEED, pool));
      seeds.set(rows, points);
      return points;
    },
  };
}
