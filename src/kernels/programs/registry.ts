import { bound } from './bound.js';
import { build } from './build.js';
import { centreScores } from './centre-scores.js';
import { collectLabels } from './collect-labels.js';
import { countBins } from './count-bins.js';
import { crossTabulate } from './cross-tabulate.js';
import { describe } from './describe.js';
import { fit } from './fit.js';
import { orderStatistics } from './order-statistics.js';
import { pairScores } from './pair-scores.js';
import { pointSums } from './point-sums.js';
import { predict } from './predict.js';
import { renumber } from './renumber.js';
import { segmentMoments } from './segment-moments.js';
import { settle } from './settle.js';
import { survey } from './survey.js';
import { systematicSample } from './systematic-sample.js';

/** What a team can be asked to run. No program needs Node: the same code runs in a browser's workers. */
export const PROGRAMS = {
  bound,
  build,
  centreScores,
  collectLabels,
  countBins,
  crossTabulate,
  describe,
  fit,
  orderStatistics,
  pairScores,
  pointSums,
  predict,
  renumber,
  segmentMoments,
  settle,
  survey,
  systematicSample,
} as const;

export type ProgramName = keyof typeof PROGRAMS;

export type JobOf<N extends ProgramName> = Parameters<(typeof PROGRAMS)[N]>[0];

export type ResultOf<N extends ProgramName> = ReturnType<(typeof PROGRAMS)[N]>;
