import { drift } from './drift.js';
import { model } from './model.js';
import { pipeline } from './pipeline.js';
import { service } from './service.js';

/** Every dashboard, in the order of their questions. */
export const dashboards = { service, model, drift, pipeline };

/** File names and texts of deploy/grafana/dashboards. */
export function dashboardTexts(): [name: string, text: string][] {
  return Object.entries(dashboards).map(([name, one]) => [
    `${name}.json`,
    `${JSON.stringify(one, null, 2)}\n`,
  ]);
}
