import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { EXIT } from '#segue/core/errors.js';
import { tempFolder } from '../../core/temp.js';
import { segue } from '../segue.js';
import { PROGRAM, start } from '../start.js';

const exec = promisify(execFile);

async function folderWith(settings: object | string): Promise<string> {
  const folder = await tempFolder();
  const text = typeof settings === 'string' ? settings : JSON.stringify(settings);
  await writeFile(join(folder, 'segue.config.json'), text);
  return folder;
}

describe('a configuration file', () => {
  it('is read in the working folder, and what has no flag holds too', async () => {
    const folder = await folderWith({ home: 'data', actor: 'the file' });
    await exec(process.execPath, [PROGRAM, 'keys', 'create', '--label', 'x'], { cwd: folder });
    expect(await readFile(join(folder, 'data', 'audit.jsonl'), 'utf8')).toContain('"actor":"the file"');
  });

  it('is read by SEGUE_CONFIG, after --config, and not by «none»', async () => {
    const [first, second] = [await folderWith({ home: 'data' }), await folderWith({ home: 'data' })];
    vi.stubEnv('SEGUE_CONFIG', join(first, 'segue.config.json'));
    await segue('keys', 'create');
    expect(existsSync(join(first, 'data'))).toBe(true);
    await segue('keys', 'create', `--config=${join(second, 'segue.config.json')}`);
    expect(existsSync(join(second, 'data'))).toBe(true);
    const elsewhere = join(await tempFolder(), 'home');
    vi.stubEnv('SEGUE_HOME', elsewhere);
    await segue('keys', 'create', '--config', 'none');
    expect(existsSync(elsewhere)).toBe(true);
    vi.unstubAllEnvs();
    expect(process.env['SEGUE_CONFIG']).toBeUndefined();
  });

  it('that cannot be used stops every command before it begins, but not help', async () => {
    const folder = await folderWith({ prot: 1, home: 'data' });
    const config = ['--config', join(folder, 'segue.config.json')];
    const { exitCode, stderr } = await segue('keys', 'create', ...config);
    expect(exitCode).toBe(EXIT.usage);
    expect(stderr).toMatch(/^error SEGUE_CONFIG_INVALID: segue.config.json, line 1: «prot» is no setting\n/);
    expect(existsSync(join(folder, 'data'))).toBe(false);
    expect((await segue('keys', 'create', '--help', ...config)).exitCode).toBe(EXIT.promoted);
  });

  it('that is a folder is told, not thrown', async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, 'segue.config.json'));
    const { exitCode, stderr } = await segue('keys', 'list', '--config', join(folder, 'segue.config.json'));
    expect(exitCode).toBe(EXIT.usage);
    expect(stderr).toContain('SEGUE_CONFIG_INVALID');
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('reaches the processes that serve, and a secret does from where the file says it is', async () => {
    const { stdout: key } = await segue('keys', 'create', '--unstored', '--scopes', 'read');
    const folder = await folderWith({ port: 0, workers: 2, logLevel: 'debug', apiKeys: { file: 'keys' } });
    await writeFile(join(folder, 'keys'), key);
    const config = ['--config', join(folder, 'segue.config.json'), '--home', join(folder, 'home')];
    const { lines, logged, stop } = await start(['serve', ...config], /^Serving at /);
    const [url] = /http:\S+/.exec(lines.join('\n')) ?? [];
    const answer = await fetch(`${url}/v1/models`, { headers: { 'x-api-key': key.split(':')[0]! } });
    expect(answer.status).toBe(200);
    await logged(({ level }) => level === 20); // debug
    expect(await stop()).toBe(0);
  });
});
