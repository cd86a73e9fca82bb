import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect, promisify } from 'node:util';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { parseSparkAddress } from '#segue/engine/spark/address.js';
import { query } from '#segue/engine/spark/plan.js';
import { openSparkSession } from '#segue/engine/spark/session.js';
import { type ConnectServer, startConnectServer } from '../../scripts/connect-server.js';
import { freePort } from '../core/free-port.js';
import { tempFolder } from '../core/temp.js';

const DEPLOY = fileURLToPath(new URL('../../deploy/spark/', import.meta.url));
const VENV = fileURLToPath(new URL('../../.venv-spark', import.meta.url));
const SCRIPT = join(DEPLOY, 'start-connect-server.sh');
const exec = promisify(execFile);

describe('the script', () => {
  const TOKEN = 'of-this-server-only';
  let folder: string;
  let server: ConnectServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'segue-spark-'));
    const token = join(folder, 'token');
    await writeFile(token, `${TOKEN}\n`);
    server = await startConnectServer({
      venv: VENV,
      folder,
      environment: { CONNECT_TOKEN_FILE: token },
      arguments: ['--master', 'local[2]', '--conf', 'spark.ui.enabled=false'],
    });
  });

  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, maxRetries: 5 });
  });

  it('starts a server that lets in who has the token, on this machine only, and whose answers can be attached to again', async () => {
    const address = parseSparkAddress(`sc://127.0.0.1:${server.port}/;token=${TOKEN};use_ssl=false`);
    const spark = await openSparkSession(address);
    onTestFinished(() => spark.close());
    expect(await spark.rows(query('SELECT sum(id) AS sum FROM range(10)'))).toEqual([{ sum: 45n }]);
    expect(await spark.setting('spark.connect.grpc.binding.address')).toBe('127.0.0.1');
    expect(await spark.setting('spark.connect.execute.reattachable.enabled')).toBe('true');
    await expect(openSparkSession(parseSparkAddress(`sc://127.0.0.1:${server.port}`))).rejects.toMatchObject({
      code: 'SEGUE_SPARK_REFUSED',
    });
  });

  it('keeps the token out of the list of processes', async () => {
    const { stdout } = await exec('ps', ['-e', '-ww', '-o', 'args']);
    expect(stdout).toContain('SparkConnectServer');
    expect(stdout).not.toContain(TOKEN);
  });

  it('and HAProxy before it speak TLS, and turn away who has no token', async () => {
    const certificates = await tempFolder();
    const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    });
    await writeFile(join(certificates, 'tls.key'), key);
    await writeFile(join(certificates, 'tls.crt'), cert);
    const front = `127.0.0.1:${await freePort()}`;
    const health = `127.0.0.1:${await freePort()}`;
    const proxy = spawn('haproxy', ['-db', '-f', join(DEPLOY, 'haproxy.cfg')], {
      env: {
        ...process.env,
        CONNECT_FRONT: front,
        CONNECT_CERTIFICATE: join(certificates, 'tls.crt'),
        CONNECT_TOKEN: TOKEN,
        CONNECT_SERVER: `127.0.0.1:${server.port}`,
        CONNECT_HEALTH: health,
      },
      stdio: 'ignore',
    });
    onTestFinished(async () => {
      proxy.kill();
      await once(proxy, 'exit');
    });
    const healthy = async (): Promise<void> =>
      expect((await fetch(`http://${health}/healthz`)).status).toBe(200);
    await vi.waitFor(healthy, { timeout: 30_000, interval: 50 });
    const ask = (parameters: string): Promise<{ stdout: string }> =>
      exec(
        process.execPath,
        [fileURLToPath(new URL('connect.mjs', import.meta.url)), `sc://${front}/;${parameters}`],
        { env: { ...process.env, NODE_EXTRA_CA_CERTS: join(certificates, 'tls.crt') } },
      );
    expect(JSON.parse((await ask(`token=${TOKEN}`)).stdout)).toEqual([{ x: 1 }]);
    for (const parameters of ['token=another', 'use_ssl=true']) {
      const refusal: unknown = await ask(parameters).catch((error: unknown) => error);
      expect(inspect(refusal)).toContain('SEGUE_SPARK_REFUSED');
    }
  });
});

/** A folder laid out as Spark's, with these jars, whose spark-submit says what it is given. */
async function layOut(...jars: readonly string[]): Promise<string> {
  const home = await tempFolder();
  await mkdir(join(home, 'bin'));
  await mkdir(join(home, 'jars'));
  for (const jar of jars) await writeFile(join(home, 'jars', jar), '');
  const submit = join(home, 'bin/spark-submit');
  await writeFile(submit, '#!/bin/sh\nprintf "%s\\n" "$@"\n');
  await chmod(submit, 0o755);
  return home;
}

function start(
  home: string,
  environment: Readonly<Record<string, string>> = {},
  argv: readonly string[] = [],
): { status: number | null; said: string; given: readonly string[] } {
  const env = { ...process.env, SPARK_HOME: home, ...environment };
  const { status, stderr, stdout } = spawnSync(SCRIPT, argv, { encoding: 'utf8', env });
  return { status, said: stderr, given: stdout.split('\n') };
}

describe('what the script makes of a Spark', () => {
  const EMR = ['spark-core_2.12-3.5.6-amzn-1.jar', 'hadoop-client-api-3.4.1-amzn-3.jar'];
  const SPARK_4 = [
    'spark-core_2.13-4.1.4.jar',
    'spark-connect_2.13-4.1.4.jar',
    'hadoop-client-api-3.4.2.jar',
  ];

  it('3.5: the Connect server of its version and Scala, with the packages that are asked for', async () => {
    const argv = ['--packages', 'a:b:1', '--master', 'yarn'];
    const { status, given } = start(await layOut(...EMR), { CONNECT_OPEN: 'yes', CONNECT_S3A: 'yes' }, argv);
    expect(status).toBe(0);
    const packages = 'org.apache.spark:spark-connect_2.12:3.5.6,org.apache.hadoop:hadoop-aws:3.4.1,a:b:1';
    expect(given[given.indexOf('--packages') + 1]).toBe(packages);
    expect(given[given.indexOf('--master') + 1]).toBe('yarn');
    expect(given.filter((argument) => argument === '--packages')).toHaveLength(1);
    expect(given.join(' ')).not.toContain('binding.address');
  });

  it('4: what it has already; the address cannot be changed by another way', async () => {
    const argv = ['--conf', 'spark.connect.grpc.binding.address=0.0.0.0'];
    const { status, given } = start(await layOut(...SPARK_4), { CONNECT_PORT: '15003' }, argv);
    expect(status).toBe(0);
    expect(given).not.toContain('--packages');
    const addresses = given.filter((argument) => argument.includes('binding.address'));
    expect(addresses.at(-1)).toBe('spark.connect.grpc.binding.address=127.0.0.1');
    expect(given).toContain('spark.connect.grpc.binding.port=15003');
    expect(given.slice(-2)).toEqual(['spark-internal', '']);
  });

  it('refuses what would be open to anybody, or cannot work', async () => {
    const empty = join(await tempFolder(), 'empty');
    await writeFile(empty, '\n');
    const refused: [readonly string[], Readonly<Record<string, string>>, string][] = [
      [SPARK_4, { CONNECT_ADDRESS: '0.0.0.0' }, '0.0.0.0 can be reached without a token'],
      [SPARK_4, { CONNECT_TOKEN_FILE: empty }, 'is empty'],
      [EMR, {}, 'listens on every address'],
      [EMR, { CONNECT_TOKEN_FILE: empty, CONNECT_OPEN: 'yes' }, 'Spark 3.5.6 knows no token'],
      [['spark-core_2.12-3.4.4.jar'], {}, 'Spark 3.4.4 is too old'],
      [[], {}, 'no spark-core'],
    ];
    for (const [jars, environment, said] of refused) {
      const outcome = start(await layOut(...jars), environment);
      expect(outcome.status, said).toBe(2);
      expect(outcome.said).toContain(said);
    }
    expect(start(await tempFolder()).said).toContain('set SPARK_HOME');
  });
});
