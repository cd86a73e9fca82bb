import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { dashboardTexts } from '../deploy/grafana/src/all.js';

/** Writes deploy/grafana/dashboards: what Grafana reads, made of deploy/grafana/src. */
const folder = fileURLToPath(new URL('../deploy/grafana/dashboards/', import.meta.url));
for (const [name, text] of dashboardTexts()) await writeFile(`${folder}${name}`, text);
