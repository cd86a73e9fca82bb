// Makes the index of a version in a process that may be killed: node follow.mjs HOME VERSION
import { homeAt } from '#segue/core/home.js';
import { openCatalogue } from '#segue/playlists/catalogue.js';

const [home, version] = process.argv.slice(2);
const catalogue = openCatalogue({ home: homeAt(home), limit: 10_000, keepMs: 0, onEvent: () => {} });
await catalogue.follow(version);
