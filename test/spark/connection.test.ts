import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect, promisify } from 'node:util';
import { generate } from 'selfsigned';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { parseSparkAddress, type SparkAddress } from '#segue/engine/spark/address.js';
import { execute } from '#segue/engine/spark/execute.js';
import { type Link, openLink } from '#segue/engine/spark/link.js';
import { planOf, query } from '#segue/engine/spark/plan.js';
import {
  type ExecutePlanResponse,
  InterruptRequest_InterruptType,
} from '#segue/engine/spark/proto/spark/connect/base_pb.js';
import { openSparkSession, type SessionOptions, type SparkSession } from '#segue/engine/spark/session.js';
import { tempFolder } from '../core/temp.js';
import { openProxy, type Proxy } from './proxy.js';

const shared = parseSparkAddress(inject('spark'));
const NUMBERS = query('SELECT CAST(id AS DOUBLE) AS x FROM range(0, 2000000, 1, 4) ORDER BY id');
/** Longer than a stream of the server lasts (server.ts). */
const SLOW = query(`SELECT reflect('java.lang.Thread', 'sleep', 2500L) IS NOT NULL AS slept`);
const FOREVER = query('SELECT count(*) AS n FROM range(0, 1000000000000, 1, 4) WHERE uuid() = :x', { x: '' });

async function openFor(address: SparkAddress, options?: SessionOptions): Promise<SparkSession> {
  const session = await openSparkSession(address, options);
  onTestFinished(() => session.close());
  return session;
}

async function throughProxy(options?: SessionOptions): Promise<{ spark: SparkSession; proxy: Proxy }> {
  const proxy = await openProxy(shared.port);
  return { proxy, spark: await openFor({ ...shared, port: proxy.port }, options) };
}

/** Reads `NUMBERS`, each of which must come once and in its place. */
async function readNumbers(spark: SparkSession, afterChunk: (chunk: number) => void): Promise<number> {
  let rows = 0;
  let chunk = 0;
  for await (const { columns } of spark.chunks(NUMBERS)) {
    for (const x of columns[0]!) {
      if (x !== rows) throw new Error(`row ${rows} is ${x}`);
      rows += 1;
    }
    chunk += 1;
    afterChunk(chunk);
  }
  return rows;
}

/** A link that counts how often a stream is attached to again. */
function countingLink(): { link: Link; reattached: () => number } {
  const link = openLink(shared);
  onTestFinished(() => link.channel.reset());
  let count = 0;
  const { calls } = link.channel;
  const counting: typeof calls = {
    ...calls,
    reattachExecute: (...args) => {
      count += 1;
      return calls.reattachExecute(...args);
    },
  };
  return {
    link: { ...link, channel: { calls: counting, reset: () => link.channel.reset() } },
    reattached: () => count,
  };
}

async function runningIn(link: Link): Promise<readonly string[]> {
  const interruptType = InterruptRequest_InterruptType.ALL;
  return (await link.channel.calls.interrupt({ ...link.identity(), interruptType })).interruptedIds;
}

/** Whether tasks of the work have begun. */
function isAtWork(answer: ExecutePlanResponse['responseType']): boolean {
  return answer.case === 'executionProgress' && answer.value.numInflightTasks > 0n;
}

/** A work that needs the cores of the server comes to its end. */
async function expectFreeCores(): Promise<void> {
  const spark = await openFor(shared);
  expect(await spark.rows(query('SELECT count(*) AS n FROM range(0, 1000, 1, 4)'))).toEqual([{ n: 1000n }]);
}

describe('a stream that ends before its work', () => {
  it('by the server, after a while: is attached to again', async () => {
    const { link, reattached } = countingLink();
    const kinds: (string | undefined)[] = [];
    for await (const { responseType } of execute(link, planOf(SLOW))) kinds.push(responseType.case);
    expect(kinds.filter((kind) => kind === 'arrowBatch')).toHaveLength(1);
    expect(reattached()).toBeGreaterThanOrEqual(2);
  });

  it('by a cut wire: goes on behind the last row', async () => {
    const { spark, proxy } = await throughProxy();
    const rows = await readNumbers(spark, (chunk) => {
      if (chunk % 10 === 3) proxy.cut();
    });
    expect(rows).toBe(2_000_000);
    expect(proxy.connections).toBeGreaterThan(3);
  });

  it('by a wire that is cut before the request is through: is asked for again', async () => {
    const { spark, proxy } = await throughProxy();
    proxy.cut();
    proxy.refuse(2);
    expect(await spark.rows(query('SELECT 1 AS x'))).toEqual([{ x: 1 }]);
    expect(proxy.connections).toBeGreaterThan(3);
  });

  it('by silence: goes on over another wire', async () => {
    const { spark, proxy } = await throughProxy({ silenceMs: 3000 });
    const rows = await readNumbers(spark, (chunk) => {
      if (chunk === 3) proxy.mute();
    });
    expect(rows).toBe(2_000_000);
    expect(proxy.connections).toBe(2);
  });
});

describe('a work that is not wanted any more', () => {
  it('is interrupted on the server when the signal says so', async () => {
    const { link } = countingLink();
    const stopping = new AbortController();
    const reason = new Error('stopped');
    const work = (async () => {
      for await (const { responseType } of execute(link, planOf(FOREVER), { signal: stopping.signal }))
        if (isAtWork(responseType)) stopping.abort(reason);
    })();
    await expect(work).rejects.toBe(reason);
    expect(await runningIn(link)).toEqual([]);
    await expectFreeCores();
  });

  it('is interrupted when the caller stops reading', async () => {
    const { link } = countingLink();
    for await (const { responseType } of execute(link, planOf(FOREVER))) if (isAtWork(responseType)) break;
    expect(await runningIn(link)).toEqual([]);
    await expectFreeCores();
  });

  it('does not begin with a signal that is over', async () => {
    const signal = AbortSignal.abort(new Error('stopped before'));
    await expect(openSparkSession(shared, { signal })).rejects.toThrow('stopped before');
  });
});

describe('TLS', () => {
  it('is spoken; a certificate that nobody vouches for is refused, one of NODE_EXTRA_CA_CERTS is not', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    });
    const proxy = await openProxy(shared.port, { key, cert });
    const address = `sc://127.0.0.1:${proxy.port}/;token=SECRET`;
    const refusal = await openSparkSession(parseSparkAddress(address)).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'SEGUE_SPARK_UNREACHABLE' });
    expect(inspect(refusal)).toContain('No TLS with the Spark server: self-signed certificate');
    expect(inspect(refusal)).not.toContain('SECRET');

    const authority = join(await tempFolder(), 'authority.pem');
    await writeFile(authority, cert);
    const script = fileURLToPath(new URL('connect.mjs', import.meta.url));
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: authority };
    const { stdout } = await promisify(execFile)(process.execPath, [script, address], { env });
    expect(JSON.parse(stdout)).toEqual([{ x: 1 }]);
  });
});
