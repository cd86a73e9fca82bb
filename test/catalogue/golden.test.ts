import { describeGolden } from './golden-suite.js';
import { workbench } from './workbench.js';

const bench = await workbench();

describeGolden('DuckDB', bench, (source, rules) => bench.ingest(source, { rules }));
