import { describe, expect, it } from 'vitest';
import type { SizeCost, SparkFigures } from '../../bench/spark/figures.js';
import { partsOf, withMeasured } from '../../bench/spark/page.js';
import {
  crossOver,
  lineThrough,
  NODE,
  runOnCluster,
  runOnOneMachine,
  SUPPOSED,
  speedsOf,
} from '../../bench/spark/plan.js';
import { firstCells, readPage } from '../docs/files.js';

const LOCAL_ROWS = 20_000_000;

/** As if measured: 4 s and 10 s a million for T1 on the cluster, 1 s a million to bring rows here, 0.5 s and 0.8 s a million for a pass. */
function sizeOf(millions: number): SizeCost {
  const left = 4 + 10 * millions;
  const run = (clean: number, train: number): SizeCost['here'] => ({
    seconds: clean + train,
    clean,
    train,
    peakMib: 500,
  });
  const pass = 0.5 + 0.8 * 0.8 * millions;
  return {
    tracks: millions * 1e6,
    here: run(2 * millions, millions),
    cluster: run(left + millions, millions),
    left: { clean: left },
    passes: { rows: 0.8 * millions * 1e6, seconds: [pass + 1, pass, pass - 0.1] },
  };
}

const figures: SparkFigures = {
  machine: 'a machine',
  cores: 2,
  server: 'a server',
  k: 8,
  starts: 10,
  overhead: {
    tracks: 1e6,
    bytes: 1e8,
    segue: [{ seconds: 11, clean: 8, train: 3 }],
    peer: [{ seconds: 10, connect: 1, clean: 5, fetch: 1, fit: 2, measure: 1 }],
  },
  sizes: [1, 3, 10].map(sizeOf),
  atScale: { seconds: 100, clean: 20, train: 80, peakMib: 300, iterations: 60 },
};

const speeds = speedsOf(figures);

describe('a line', () => {
  it('goes through the smallest and the largest size', () => {
    expect(speeds.clean.fixed).toBeCloseTo(4);
    expect(speeds.clean.perMillion).toBeCloseTo(10);
    expect(speeds.bring).toMatchObject({ fixed: 0, perMillion: 1 });
    expect(speeds.pass.fixed).toBeCloseTo(0.5);
    expect(speeds.pass.perMillion).toBeCloseTo(0.8);
  });

  it('of one size alone goes through nothing; none falls', () => {
    expect(lineThrough([[2e6, 6]])).toEqual({ fixed: 0, perMillion: 3 });
    expect(
      lineThrough([
        [1e6, 3],
        [2e6, 2],
      ]),
    ).toEqual({ fixed: 3, perMillion: 0 });
  });
});

describe('a run on a cluster', () => {
  it('divides what rows take by the processors, and nothing else', () => {
    const cores = 4 * NODE.vcpus * SUPPOSED.vcpuSpeed * SUPPOSED.efficiency;
    const { clean, train, whole } = runOnCluster(speeds, 1e9, 4, LOCAL_ROWS);
    expect(clean).toBeCloseTo(4 + (10 * 1000 * 2) / cores + 20 / SUPPOSED.vcpuSpeed);
    expect(train).toBeCloseTo(110 * (0.5 + (0.8 * 800 * 2) / cores));
    expect(whole).toBeCloseTo(clean + train + SUPPOSED.bootSeconds);
  });

  it('of more machines is sooner done, and never for less than an hour of each', () => {
    const runs = [1, 2, 4, 8, 16, 32, 64, 128].map((nodes) => runOnCluster(speeds, 1e9, nodes, LOCAL_ROWS));
    for (const [i, run] of runs.entries()) {
      if (i > 0) expect(run.whole).toBeLessThan(runs[i - 1]!.whole);
      expect(run.eur).toBeGreaterThanOrEqual(2 ** i * 0.222);
    }
  });

  it('is sooner done than one machine from some size on, with more machines from fewer tracks', () => {
    const rows = [16, 64].map((nodes) => crossOver(speeds, nodes, LOCAL_ROWS));
    expect(rows[1]!).toBeLessThanOrEqual(rows[0]!);
    for (const [i, nodes] of [16, 64].entries())
      expect(runOnCluster(speeds, rows[i]!, nodes, LOCAL_ROWS).whole).toBeLessThan(
        runOnOneMachine(rows[i]!).whole,
      );
  });

  it('that takes ten times as long is never sooner done', () => {
    const slow = { ...speeds, clean: { fixed: 1e6, perMillion: 1e3 } };
    expect(crossOver(slow, 1, LOCAL_ROWS)).toBeUndefined();
  });
});

describe('docs/scaling.md', () => {
  const page = readPage('docs/scaling.md');

  it('has what bench/results has: npm run measured', () => {
    expect(page).toBe(withMeasured(page));
  });

  it('has a place for all that is made for it', () => {
    const places = [...page.matchAll(/^<!-- measured: ([\w-]+) -->$/gm)].map((match) => match[1]!);
    expect(places.toSorted()).toEqual(Object.keys(partsOf(figures)).toSorted());
  });

  it('has each supposition with its value', () => {
    const listed = firstCells(page);
    expect(listed.toSorted()).toEqual(Object.keys(SUPPOSED).toSorted());
    for (const [name, value] of Object.entries(SUPPOSED))
      expect(page).toContain(`| \`${name}\` | ${value} |`);
  });
});
