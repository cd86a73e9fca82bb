import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorld, TRACK, type World } from '../world.js';
import { type Answer, readAnswers } from './answers.js';
import { readCase } from './case-file.js';

/** Every file of golden/ is a case (case-file.ts says how it is written). To add one, drop in a file. */
const GOLDEN = fileURLToPath(new URL('golden', import.meta.url));

const FILES = readdirSync(GOLDEN).filter((name) => name.endsWith('.http'));

let world: World;
let port: number;

beforeAll(async () => {
  world = await openWorld();
  const url = await world.app.listen({ host: '127.0.0.1', port: 0 });
  port = Number(new URL(url).port);
});
afterAll(() => world.close());

/** Sends all bytes, ends its side unless it waits, and reads until the server ends. */
async function exchange(bytes: Buffer, waits = false): Promise<Buffer> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {}); // cut off, which is an answer as well
  socket.write(bytes);
  if (!waits) socket.end();
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.once('close', () => resolve());
  });
  return Buffer.concat(chunks);
}

function expectWhole({ status, headers }: Answer): void {
  expect(status).toBeLessThan(500);
  expect(headers.get('x-request-id')).toBeDefined();
  if (status >= 400) expect(headers.get('content-type')).toBe('application/problem+json');
}

describe.each(FILES)('%s', (name) => {
  it('is answered as expected, and the server goes on serving', async () => {
    const track = JSON.stringify(TRACK);
    const { sent, expected, waits } = readCase(readFileSync(join(GOLDEN, name), 'utf8'), {
      key: world.keys.predict,
      track,
      'track-rest': track.slice(1),
    });
    const answers = readAnswers(await exchange(sent, waits), expected);
    expect(answers.map(({ status, code }) => ({ status, code }))).toEqual(
      expected.map(({ status, code }) => ({ status, code })),
    );
    for (const answer of answers) expectWhole(answer);
    const [health] = readAnswers(
      await exchange(Buffer.from('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')),
    );
    expect(health?.status).toBe(200);
    expect(world.log()).not.toContain('"level":50');
  });
});

it('answers each of a thousand requests in one segment, in their order', async () => {
  const ids = Array.from({ length: 1000 }, (_, i) => `r-${i}`);
  const body = JSON.stringify(TRACK);
  const requests = ids.map((id, i) =>
    i % 3 === 0
      ? `GET /healthz HTTP/1.1\r\nHost: x\r\nX-Request-Id: ${id}\r\n\r\n`
      : `POST /v1/predict/cluster HTTP/1.1\r\nHost: x\r\nX-Request-Id: ${id}\r\nX-API-Key: ${world.keys.predict}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  const answers = readAnswers(await exchange(Buffer.from(requests.join(''))));
  expect(answers.map(({ headers }) => headers.get('x-request-id'))).toEqual(ids);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
});
