import { execFile } from 'node:child_process';
import { readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { tempFolder } from '../../core/temp.js';
import { ROOT } from '../../docs/files.js';

const GENERATED = 'src/engine/spark/proto';

async function filesIn(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => name.endsWith('.ts')).toSorted();
  return Object.fromEntries(
    await Promise.all(files.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}

it('the client of Spark Connect is what npm run spark:proto makes of the .proto files', async () => {
  const folder = await tempFolder();
  for (const name of ['scripts', 'node_modules']) await symlink(join(ROOT, name), join(folder, name));
  const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const bin = join(ROOT, 'node_modules/.bin');
  await promisify(execFile)('bash', ['-c', scripts['spark:proto']!], {
    cwd: folder,
    env: { ...process.env, PATH: `${bin}:${process.env['PATH']}` },
  });
  const made = await filesIn(join(folder, GENERATED));
  expect(Object.keys(made).length).toBeGreaterThan(9);
  expect(await filesIn(join(ROOT, GENERATED))).toEqual(made);
});
