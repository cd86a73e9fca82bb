import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { identityOf, livenessOf, OWN_IDENTITY } from '#segue/core/process-identity.js';
import { deadPid } from './children.js';

describe('liveness', () => {
  it('is alive for oneself, dead for a process that ended, unknown in another container', () => {
    expect(livenessOf(OWN_IDENTITY)).toBe('alive');
    expect(livenessOf({ ...OWN_IDENTITY, pid: deadPid() })).toBe('dead');
    expect(livenessOf({ ...OWN_IDENTITY, pid_namespace: 'pid:[1]' })).toBe('unknown');
    expect(livenessOf({ ...OWN_IDENTITY, boot: 'another boot' })).toBe('dead');
  });

  it.runIf(OWN_IDENTITY.start !== null)('is dead for a zombie, whose parent never asks for it', async () => {
    const parent = spawn('sh', ['-c', 'sleep 600 & echo $!; exec sleep 600'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const child = identityOf(Number(String(line)));
    expect(livenessOf(child)).toBe('alive');
    process.kill(child.pid, 'SIGKILL');
    while (livenessOf(child) === 'alive') await setImmediate();
    expect(() => process.kill(child.pid, 0)).not.toThrow(); // it still has its pid
  });
});
