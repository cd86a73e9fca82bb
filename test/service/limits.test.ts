import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import type { ConnectionLimits } from '#segue/service/connection-limits.js';
import { createKey } from '#segue/service/key-file.js';
import { startServer } from '#segue/service/server.js';
import { exampleModel } from '../models/example.js';
import { homeOfTest, signal } from './temp.js';
import { keptLog, observerWith, publish, TRACK } from './world.js';

const HEALTH = 'GET /healthz HTTP/1.1\r\nhost: x\r\n';

/** A server with limits so small that breaking them takes no time worth mentioning. */
async function serve(limits: Partial<ConnectionLimits>) {
  const home = await homeOfTest();
  await publish(home, exampleModel());
  const { key } = await createKey(home, { label: '', scopes: ['predict'] }, new Date());
  const gone = signal<number>();
  const server = await startServer({
    home,
    host: '127.0.0.1',
    port: 0,
    observer: observerWith({ requestEnded: (_operation, status) => status === 499 && gone.give(status) }),
    logger: keptLog().logger,
    watch: () => () => {},
    drainMs: 1,
    security: { limits: { checkMs: 20, ...limits } },
  });
  onTestFinished(server.close);
  const open = async (): Promise<Socket> => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.on('error', () => {}); // a connection that is cut off may be reset
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    return socket;
  };
  return { ...server, key, gone: gone.given, open };
}

/** Sends a byte of it now and then, as slowloris does; for ever, once all is sent, the last. */
function drip(socket: Socket, sent: string): void {
  let at = 0;
  const timer = setInterval(() => {
    if (socket.writable) socket.write(sent[Math.min(at, sent.length - 1)]!);
    at += 1;
  }, 5);
  socket.once('close', () => clearInterval(timer));
}

function statusOf(answer: string): number {
  return Number(answer.split(' ')[1]);
}

it.each([
  ['headers', `${HEALTH}x: ${'y'.repeat(10_000)}`, ''],
  ['a body', 'a', 'POST /v1/predict/cluster HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'],
])('whoever sends %s byte by byte is answered 408 and cut off', async (what, dripped, head) => {
  const { open, key, url } = await serve({ headersMs: 200, requestMs: 300 });
  const socket = await open();
  if (head !== '') socket.write(`${head}x-api-key: ${key}\r\ncontent-length: 10000\r\n\r\n{"`);
  drip(socket, dripped);
  const answer = await text(socket);
  expect(statusOf(answer), what).toBe(408);
  expect(answer).toContain('"code":"request_timeout"');
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

/** Asks for so many large answers that the system's buffers can't hold them. */
function askForMuch(socket: Socket, key: string): void {
  const body = JSON.stringify({ items: Array.from({ length: 10_000 }, () => TRACK) });
  const head = `POST /v1/predict/clusters HTTP/1.1\r\nhost: x\r\nx-api-key: ${key}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  for (let i = 0; i < 8; i += 1) socket.write(head + body);
}

it('a reader that stops is cut off', async () => {
  const { open, key, gone } = await serve({ stallMs: 400 });
  const socket = await open();
  socket.pause();
  askForMuch(socket, key);
  expect(await gone).toBe(499);
});

it('a reader that takes a little now and then is cut off too', async () => {
  const { open, key, gone } = await serve({ answerMs: 400 });
  const socket = await open();
  socket.pause();
  askForMuch(socket, key);
  const timer = setInterval(() => void socket.read(64), 20);
  socket.once('close', () => clearInterval(timer));
  expect(await gone).toBe(499);
  clearInterval(timer);
});

it('100 headers are read, more are 431', async () => {
  const { url } = await serve({});
  const ask = async (count: number): Promise<Response> => {
    const own = [
      'host',
      'connection',
      'accept',
      'accept-language',
      'sec-fetch-mode',
      'user-agent',
      'accept-encoding',
    ];
    const headers = Array.from({ length: count - own.length }, (_, i) => [`x-${i}`, 'y'] as [string, string]);
    return fetch(`${url}/healthz`, { headers });
  };
  expect((await ask(100)).status).toBe(200);
  const refused = await ask(120);
  expect(refused.status).toBe(431);
  expect(await refused.json()).toMatchObject({ code: 'headers_too_large' });
});

it('more connections than allowed are closed, and answered again when others have gone', async () => {
  const { open } = await serve({ connections: 2 });
  const [first] = [await open(), await open()];
  const third = await open();
  expect(await text(third)).toBe('');
  const closed = once(first, 'close');
  first.end(`${HEALTH}connection: close\r\n\r\n`);
  first.resume();
  await closed;
  const fourth = await open();
  fourth.end(`${HEALTH}connection: close\r\n\r\n`);
  expect(statusOf(await text(fourth))).toBe(200);
});

it('an idle connection is closed', async () => {
  const { open } = await serve({ idleMs: 50 });
  const socket = await open();
  socket.write(`${HEALTH}\r\n`);
  expect(statusOf(await text(socket))).toBe(200);
});
