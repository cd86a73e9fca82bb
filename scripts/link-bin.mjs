// Puts `segue` among the checkout's own binaries. Without it npx installs the checkout into its cache first, which takes seconds and, with
// several checkouts on one machine, may run the wrong one. In an installed package npm has made the link itself.
import { chmodSync, existsSync, rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../node_modules/.bin', import.meta.url));
const link = `${folder}/segue`;

if (existsSync(folder) && process.platform !== 'win32') {
  rmSync(link, { force: true });
  symlinkSync('../../bin/segue.js', link);
  chmodSync(fileURLToPath(new URL('../bin/segue.js', import.meta.url)), 0o755);
}
