import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signal } from '../temp.js';
import { openWorld, TRACK, type World } from '../world.js';
import { readAnswers } from './answers.js';

let world: World;
let port: number;

beforeEach(async () => {
  world = await openWorld();
  const url = await world.app.listen({ host: '127.0.0.1', port: 0 });
  port = Number(new URL(url).port);
});
afterEach(() => world.close());

function opened(): { socket: Socket; received: Promise<Buffer> } {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { socket, received: once(socket, 'close').then(() => Buffer.concat(chunks)) };
}

async function expectServing(): Promise<void> {
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
}

const head = (path: string, type: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nX-API-Key: ${world.keys.predict}\r\nContent-Type: ${type}\r\n`;

describe('a slow client', () => {
  it.each([
    ['request line', 'GET /hea'],
    ['headers', 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-'],
  ])(
    '%s that never end are 408, for any number of connections, while others are served',
    async (_what, sent) => {
      world.app.server.headersTimeout = 1;
      const slow = Array.from({ length: 50 }, () => opened());
      for (const { socket } of slow) socket.write(sent);
      await expectServing();
      for (const { received } of slow) {
        expect(readAnswers(await received)).toMatchObject([{ status: 408, code: 'request_timeout' }]);
      }
      await expectServing();
    },
  );

  it('a body that never ends is 408', async () => {
    world.app.server.headersTimeout = 1;
    world.app.server.requestTimeout = 1;
    const { socket, received } = opened();
    socket.write(`${head('/v1/predict/cluster', 'application/json')}Content-Length: 100\r\n\r\n{`);
    expect(readAnswers(await received)).toMatchObject([{ status: 408, code: 'request_timeout' }]);
    await expectServing();
  });

  it('a stream of lines that stands still is cut, and nothing is written into its answer', async () => {
    const arrived = signal<Socket>();
    world.app.server.once('connection', (socket: Socket) => arrived.give(socket));
    const { socket, received } = opened();
    const line = `${JSON.stringify(TRACK)}\n`;
    socket.write(
      `${head('/v1/predict/clusters', 'application/x-ndjson')}Content-Length: 1000\r\n\r\n${line}`,
    );
    const serverSide = await arrived.given;
    await once(socket, 'data');
    expect(serverSide.timeout).toBe(30_000);
    serverSide.setTimeout(1);
    expect((await received).toString('latin1')).toMatch(/^HTTP\/1\.1 200 [^]*"line":1[^]*\}\n\r\n$/);
    await expectServing();
  });

  it('bad chunks in the middle of a stream cut it, and nothing is written into its answer', async () => {
    const { socket, received } = opened();
    const line = `${JSON.stringify(TRACK)}\n`;
    const chunk = `${line.length.toString(16)}\r\n${line}\r\n`;
    const begin = head('/v1/predict/clusters', 'application/x-ndjson');
    socket.write(`${begin}Transfer-Encoding: chunked\r\n\r\n${chunk}`);
    await once(socket, 'data');
    socket.write('ZZ\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    const raw = (await received).toString('latin1');
    expect(raw.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(raw).not.toMatch(/0\r\n\r\n$/);
    await expectServing();
  });
});
