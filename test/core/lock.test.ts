import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { SegueError } from '#segue/core/errors.js';
import { sha256 } from '#segue/core/hash.js';
import { type LockHolder, withLock } from '#segue/core/lock.js';
import { OWN_IDENTITY } from '#segue/core/process-identity.js';
import { deadPid, startChild } from './children.js';
import { tempFolder } from './temp.js';

const SCRIPT = new URL('lock-child.mjs', import.meta.url);
const ANOTHER_CONTAINER = { pid_namespace: 'pid:[1]' };

const holderText = (change: Partial<LockHolder>, token = 'a'): string =>
  JSON.stringify({ ...OWN_IDENTITY, since: '2026-11-01T00:00:00.000Z', token, ...change });

async function lockPath(text?: string): Promise<string> {
  const path = join(await tempFolder(), 'lock.json');
  if (text !== undefined) await writeFile(path, text);
  return path;
}

const enter = (path: string): Promise<string> => withLock(path, () => Promise.resolve('in'));

describe('lock', () => {
  it('names its holder while the work goes on, and leaves nothing behind', async () => {
    const path = await lockPath();
    expect(JSON.parse(await withLock(path, () => readFile(path, 'utf8')))).toMatchObject(OWN_IDENTITY);
    expect(await readdir(dirname(path))).toEqual([]);
  });

  it('is released when the work fails, whose error comes through', async () => {
    const path = await lockPath();
    await expect(withLock(path, () => Promise.reject(new Error('no luck')))).rejects.toThrow('no luck');
    expect(await enter(path)).toBe('in');
  });

  it('is kept until what the work gave up has ended', async () => {
    const path = await lockPath();
    let end = (): void => {};
    const rest = new Promise<void>((resolve) => {
      end = resolve;
    });
    const late = withLock(path, async (keep) => {
      keep(rest);
      throw new Error('too late');
    });
    await expect(late).rejects.toThrow('too late');
    await expect(enter(path)).rejects.toMatchObject({ code: 'SEGUE_HOME_LOCKED' });
    end();
    expect(await withLock(path, () => Promise.resolve('in'), { waitMs: 120_000 })).toBe('in');
  });

  it('refuses a second holder at once by default, naming the first', async () => {
    const path = await lockPath();
    const error: unknown = await withLock(path, () => enter(path).catch((thrown: unknown) => thrown));
    expect(error).toBeInstanceOf(SegueError);
    expect(error).toMatchObject({ code: 'SEGUE_HOME_LOCKED', details: { limit: '0 ms of waiting' } });
    expect((error as SegueError).message).toContain(`process ${process.pid}, since `);
  });

  it('waits for the holder when told to, and says once for whom', async () => {
    const path = await lockPath();
    const order: string[] = [];
    let second: Promise<unknown> | undefined;
    await withLock(path, async () => {
      await new Promise<void>((resolve) => {
        const onWait = ({ pid }: LockHolder): void => {
          order.push(`waits for ${pid}`);
          resolve();
        };
        second = withLock(path, async () => order.push('second'), { waitMs: 120_000, onWait });
      });
      order.push('first ends');
    });
    await second;
    expect(order).toEqual([`waits for ${process.pid}`, 'first ends', 'second']);
  });

  it('lets one process in at a time', async () => {
    const path = await lockPath();
    const file = join(dirname(path), 'count');
    await writeFile(file, '0');
    const children = Array.from({ length: 4 }, () => startChild(SCRIPT, ['count', path, file, '50']));
    await Promise.all(children.map((child) => child.finish()));
    expect(await readFile(file, 'utf8')).toBe('200');
  });
});

describe('the lock of a process that died', () => {
  it('is taken over at once after SIGKILL', async () => {
    const path = await lockPath();
    const child = startChild(SCRIPT, ['hold', path]);
    expect(await child.nextLine()).toBe('holds');
    await expect(enter(path)).rejects.toMatchObject({ code: 'SEGUE_HOME_LOCKED' });
    await child.kill();
    expect(await enter(path)).toBe('in');
  });

  it('goes to one of many waiting processes, each of which dies in turn', async () => {
    const path = await lockPath();
    const file = join(dirname(path), 'log');
    const children = Array.from({ length: 12 }, () => startChild(SCRIPT, ['die', path, file]));
    await Promise.allSettled(children.map((child) => child.finish()));
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    const inOrder = lines.filter((_, i) => i % 2 === 0).flatMap((line) => [line, line.replace('in', 'dies')]);
    expect(lines).toEqual(inOrder);
    expect(new Set(lines).size).toBe(24);
  });

  it('goes to one of many stealers within a process', async () => {
    const pid = deadPid();
    for (let round = 0; round < 20; round += 1) {
      const path = await lockPath(holderText({ pid }, `round ${round}`));
      let inside = 0;
      const most: number[] = [];
      const steal = (): Promise<void> =>
        withLock(
          path,
          async () => {
            inside += 1;
            most.push(inside);
            await stat(path);
            inside -= 1;
          },
          { waitMs: 120_000 },
        );
      await Promise.all(Array.from({ length: 8 }, steal));
      expect(most).toEqual(Array.from({ length: 8 }, () => 1));
    }
  });

  it('is taken over although a stealer died half-way too', async () => {
    const text = holderText({ pid: deadPid() });
    const path = await lockPath(text);
    await writeFile(`${path}.${sha256(text).slice(0, 12)}`, holderText({ pid: deadPid() }, 'stealer'));
    expect(await enter(path)).toBe('in');
    expect(await readdir(dirname(path))).toEqual([]);
  });

  const canTellStarts = OWN_IDENTITY.start !== null;
  it.runIf(canTellStarts)('is not mistaken for that of a later process with the same pid', async () => {
    expect(await enter(await lockPath(holderText({ start: '1' })))).toBe('in');
  });

  it('is free after the machine was started anew', async () => {
    expect(await enter(await lockPath(holderText({ boot: 'another boot' })))).toBe('in');
  });

  it('is free when its text was lost with the power', async () => {
    for (const text of ['', '\0\0\0', '{"pid":', 'null', '{"pid":0}'])
      expect(await enter(await lockPath(text))).toBe('in');
  });
});

describe('the lock of another container', () => {
  it('holds as long as its heartbeat is heard', async () => {
    const path = await lockPath(holderText({ ...ANOTHER_CONTAINER, pid: deadPid() }));
    await expect(enter(path)).rejects.toMatchObject({ code: 'SEGUE_HOME_LOCKED' });
    const longAgo = new Date(Date.now() - 61_000);
    await utimes(path, longAgo, longAgo);
    expect(await enter(path)).toBe('in');
  });

  it('beats every ten seconds', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const path = await lockPath();
    const beaten = await withLock(path, async () => {
      await utimes(path, 0, 0);
      vi.advanceTimersByTime(10_000);
      let time = 0;
      while (time === 0) time = (await stat(path)).mtimeMs; // until the beat is on the disk
      return time;
    });
    expect(beaten).toBeGreaterThan(0);
  });
});
