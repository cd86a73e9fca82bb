import { cliReference } from './cli.js';
import { metricsReference } from './metrics.js';

/** The pages of docs/reference that are made from code: name and text. */
export async function referencePages(): Promise<(readonly [name: string, text: string])[]> {
  return [
    ['cli.md', await cliReference()],
    ['metrics.md', await metricsReference()],
  ];
}
