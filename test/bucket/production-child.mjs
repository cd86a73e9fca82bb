// Asks a home what is in production, in a process of its own. Prints the version, or the code of the error.
import { homeAt } from '#segue/core/home.js';
import { productionVersion } from '#segue/models/registry.js';

const [folder, registry] = process.argv.slice(2);
const said = await productionVersion(homeAt(folder, registry)).catch(({ code }) => code);
process.stdout.write(`${said}\n`);
