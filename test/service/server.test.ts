import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createKey } from '#segue/service/key-file.js';
import { createLogger } from '#segue/service/log.js';
import type { Observer } from '#segue/service/observer.js';
import { refuseConnection } from '#segue/service/problem-replies.js';
import { type ServerOptions, startServer } from '#segue/service/server.js';
import { exampleModel } from '../models/example.js';
import { NOW, signal, temporaryHome } from './temp.js';
import { keptLog, observerWith, publish, SOME_NUMBER, TRACK } from './world.js';

async function serve(options: Partial<ServerOptions> = {}, extra: Partial<Observer> = {}) {
  const { home, remove } = await temporaryHome();
  await publish(home, exampleModel());
  const { key } = await createKey(home, { label: 'x', scopes: ['predict'] }, NOW);
  const { logger, text: log } = keptLog();
  const server = await startServer({
    home,
    host: '127.0.0.1',
    port: 0,
    observer: observerWith(extra),
    logger,
    watch: () => () => {},
    ...options,
  });
  onTestFinished(async () => {
    await server.close();
    await remove();
  });
  return { ...server, key, log, port: Number(new URL(server.url).port) };
}

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** Status line, headers and body of a raw answer. */
function parts(raw: string): { status: number; head: string; body: unknown } {
  const [head = '', body = ''] = raw.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head: head.toLowerCase(), body: JSON.parse(body) };
}

const PREDICTION = JSON.stringify(TRACK);

/** Request line and headers of a prediction whose body has that many bytes. */
function headOf(key: string, bytes: number): string {
  return `POST /v1/predict/cluster HTTP/1.1\r\nhost: x\r\nx-api-key: ${key}\r\ncontent-type: application/json\r\ncontent-length: ${bytes}\r\n\r\n`;
}

describe('listening', () => {
  it('serves at its URL', async () => {
    const { url, key } = await serve();
    const response = await fetch(`${url}/v1/predict/cluster`, {
      method: 'POST',
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      body: PREDICTION,
    });
    expect(response.status).toBe(200);
  });

  it('gives a URL that works where it listens on all addresses', async () => {
    const { url } = await serve({ host: '0.0.0.0' });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('says which address is taken', async () => {
    const { port } = await serve();
    await expect(serve({ port })).rejects.toMatchObject({
      code: 'SEGUE_PORT_IN_USE',
      details: { value: `127.0.0.1:${port}` },
    });
  });

  it.each([
    ['an address of another machine', { host: '192.0.2.1' }],
    ['a port that does not exist', { port: 65_536 }],
  ])('refuses %s', async (_what, where) => {
    await expect(serve(where)).rejects.toMatchObject({ code: 'SEGUE_USAGE' });
  });
});

describe('what is not HTTP', () => {
  it.each([
    ['a line that is no request', 'HELLO\r\n\r\n', 400, 'malformed_request'],
    [
      'headers without an end',
      `GET /healthz HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
  ])('%s is a problem all the same', async (_what, sent, status, code) => {
    const { port } = await serve();
    const socket = await connected(port);
    socket.end(sent);
    const answer = parts(await text(socket));
    expect(answer.status).toBe(status);
    expect(answer.head).toContain('content-type: application/problem+json');
    expect(answer.head).toContain('x-request-id: ');
    expect(answer.head).toContain('x-model-version: m-');
    expect(answer.body).toMatchObject({ code, status });
  });

  it('a request that never ends is 408', async () => {
    const late = Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
    const listener = createServer((socket) =>
      refuseConnection(late, socket, undefined, undefined, {}, createLogger({ level: 'silent' })),
    ).listen(0);
    await once(listener, 'listening');
    onTestFinished(() => void listener.close());
    const answer = parts(await text(await connected((listener.address() as AddressInfo).port)));
    expect(answer).toMatchObject({ status: 408, body: { code: 'request_timeout' } });
  });
});

describe('closing', () => {
  it('answers requests under way, then ends their connections; ends idle and silent ones at once', async () => {
    const arrived = signal();
    const { port, key, close } = await serve({}, { requestStarted: () => arrived.give() });
    const silent = await connected(port);
    const silentEnded = once(silent, 'close');
    const busy = await connected(port);
    const answer = text(busy);
    const head = headOf(key, PREDICTION.length);
    busy.write(head + PREDICTION.slice(0, 10));
    await arrived.given;

    const closed = close();
    await silentEnded;
    busy.write(PREDICTION.slice(10));
    const { status, head: headers, body } = parts(await answer);
    expect(status).toBe(200);
    expect(headers).toContain('connection: close');
    expect(body).toMatchObject({ cluster_id: SOME_NUMBER });
    await closed;
    await expect(connected(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('ends kept-alive connections that wait for their next request', async () => {
    const { url, close } = await serve({ drainMs: 3_600_000 });
    await (await fetch(`${url}/healthz`)).text();
    expect(await close()).toBeUndefined();
  });

  it('cuts off who is not done in time', async () => {
    const arrived = signal();
    const { port, key, close } = await serve({ drainMs: 1 }, { requestStarted: () => arrived.give() });
    const busy = await connected(port);
    busy.on('error', () => {});
    busy.write(`${headOf(key, 9)}{`);
    await arrived.given;
    const cut = once(busy, 'close');
    expect(await close()).toBeUndefined();
    await cut;
  });

  it('goes on for the time to leave, says so at /readyz and with every answer, then stops', async () => {
    const [asked, over] = [signal<number>(), signal()];
    const { url, port, key, close } = await serve({
      leaveMs: 10_000,
      pause: async (ms) => {
        asked.give(ms);
        await over.given;
      },
    });
    const predict = async () =>
      fetch(`${url}/v1/predict/cluster`, {
        method: 'POST',
        headers: { 'x-api-key': key, 'content-type': 'application/json' },
        body: PREDICTION,
      });
    const before = await predict();
    await before.text();
    expect(before.headers.get('connection')).toBe('keep-alive');

    const closed = close();
    expect(await asked.given).toBe(10_000);
    const ready = await fetch(`${url}/readyz`);
    expect(ready.status).toBe(503);
    expect(ready.headers.get('connection')).toBe('close');
    expect(await ready.json()).toMatchObject({ code: 'not_ready', detail: 'The service is being stopped.' });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const last = await predict();
    expect(last.status).toBe(200);
    expect(last.headers.get('connection')).toBe('close');
    expect(await last.json()).toMatchObject({ cluster_id: SOME_NUMBER });

    over.give();
    await closed;
    await expect(connected(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('may be asked for twice', async () => {
    const { close } = await serve();
    expect(await Promise.all([close(), close()])).toEqual([undefined, undefined]);
  });
});

it('a client that goes away is counted as 499', async () => {
  const arrived = signal();
  const left = signal<number>();
  const { port, key } = await serve(
    {},
    { requestStarted: () => arrived.give(), requestEnded: (_operation, status) => left.give(status) },
  );
  const socket = await connected(port);
  socket.write(`${headOf(key, 9)}{`);
  await arrived.given;
  socket.destroy();
  expect(await left.given).toBe(499);
});
