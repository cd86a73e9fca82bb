import type { RunRecord } from '../pipeline/run-record.js';

/**
 * Begins a run of the pipeline on the catalogue that the service was started with, beside the service.
 *
 * @param k number of segments; as the service was started where it is undefined
 * @returns its record, once it has begun
 * @throws SegueError SEGUE_HOME_LOCKED where another one is under way
 */
export type StartRun = (k: number | 'auto' | undefined) => Promise<RunRecord>;
