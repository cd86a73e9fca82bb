// Asks the server at an address for one row, as a process of its own.
import { parseSparkAddress } from '#segue/engine/spark/address.js';
import { query } from '#segue/engine/spark/plan.js';
import { openSparkSession } from '#segue/engine/spark/session.js';

const spark = await openSparkSession(parseSparkAddress(process.argv[2]));
process.stdout.write(JSON.stringify(await spark.rows(query('SELECT 1 AS x'))));
await spark.close();
