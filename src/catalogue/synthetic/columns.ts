import { type Draws, SLOT } from './draws.js';
import {
  type CatalogueModel,
  type ColumnTable,
  type GenreGroup,
  KNOT_REACH,
  MODEL_COLUMNS,
  type ModelColumn,
} from './model.js';

const COUNT = MODEL_COLUMNS.length;
const STEPS_PER_SD = 128;
const STEPS = 2 * KNOT_REACH * STEPS_PER_SD;

/** Fills `values` (one for each of MODEL_COLUMNS) for a row whose genre is in the group with that index. */
export type DrawColumns = (row: number, group: number, values: Float64Array) => void;

/** Where a column stands in an array that DrawColumns fills. */
export function columnIndex(name: ModelColumn): number {
  return MODEL_COLUMNS.indexOf(name);
}

/**
 * Draws a row's columns together: independent normal deviates e become z = shift + spread * (L e), with L the Cholesky factor of the
 * correlations, and each z is looked up in its column's table.
 */
export function columnsOf(model: CatalogueModel, draws: Draws): DrawColumns {
  const factor = cholesky(model.correlation);
  const shifts = flat(model.groups, (group) => group.shift);
  const spreads = flat(model.groups, (group) => group.spread);
  const tables = model.columns.map(fineTable);
  const normals = new Float64Array(COUNT + 1);

  return (row, group, values) => {
    for (let i = 0; i < COUNT; i += 2) drawNormalPair(draws, row, i, normals);
    for (let i = 0, entry = 0; i < COUNT; i += 1) {
      let z = 0;
      for (let j = 0; j <= i; j += 1, entry += 1) z += factor[entry]! * normals[j]!;
      values[i] = lookUp(tables[i]!, shifts[group * COUNT + i]! + spreads[group * COUNT + i]! * z);
    }
  };
}

/** Two standard normal deviates (Box and Muller, 1958). */
function drawNormalPair(draws: Draws, row: number, index: number, normals: Float64Array): void {
  const radius = Math.sqrt(-2 * Math.log(1 - draws.uniform(SLOT.latent + index, row)));
  const angle = 2 * Math.PI * draws.uniform(SLOT.latent + index + 1, row);
  normals[index] = radius * Math.cos(angle);
  normals[index + 1] = radius * Math.sin(angle);
}

function lookUp(table: Float64Array, z: number): number {
  const position = Math.min(Math.max((z + KNOT_REACH) * STEPS_PER_SD, 0), STEPS);
  const index = Math.min(Math.floor(position), STEPS - 1);
  const low = table[index]!;
  return low + (position - index) * (table[index + 1]! - low);
}

/** The table with so many entries that between two a straight line serves both scales. */
function fineTable({ knots, scale }: ColumnTable): Float64Array {
  const table = new Float64Array(STEPS + 1);
  const perKnot = STEPS / (knots.length - 1);
  for (let i = 0; i <= STEPS; i += 1) {
    const index = Math.min(Math.floor(i / perKnot), knots.length - 2);
    const part = i / perKnot - index;
    const low = knots[index]!;
    const high = knots[index + 1]!;
    table[i] = scale === 'linear' ? low + part * (high - low) : low * (high / low) ** part;
  }
  return table;
}

/** The lower triangular factor of a correlation matrix, row by row without the zeros. */
function cholesky(lower: readonly (readonly number[])[]): Float64Array {
  const factor: number[][] = [];
  for (const [i, row] of lower.entries()) {
    const entries: number[] = [];
    for (let j = 0; j <= i; j += 1) {
      const other = j === i ? entries : factor[j]!;
      const rest = row[j]! - entries.reduce((sum, entry, k) => sum + entry * other[k]!, 0);
      entries.push(j === i ? Math.sqrt(rest) : rest / other[j]!);
    }
    factor.push(entries);
  }
  return Float64Array.from(factor.flat());
}

function flat(groups: readonly GenreGroup[], of: (group: GenreGroup) => readonly number[]): Float64Array {
  return Float64Array.from(groups.flatMap(of));
}
