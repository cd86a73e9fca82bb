import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bodyOf, SCENARIO } from '../../load/scenario.js';
import { type ServedHome, serveHome } from '../../load/serve.js';

const MEBIBYTE = 1024 * 1024;

/** Memory that a stream may take beyond that of one a tenth as long: a fifth of its answers' bytes, and room for V8's heap to breathe. */
const MOST_GROWTH = 128 * MEBIBYTE;

const PART = 1000;

let served: ServedHome;
beforeAll(async () => {
  served = await serveHome();
});
afterAll(() => served.stop());

/** The server's memory, as it says itself. */
async function residentBytes(): Promise<number> {
  const text = await (await fetch(`${served.url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)![1]);
}

async function write(sent: ClientRequest, lines: number): Promise<void> {
  const action = { ...SCENARIO.actions[0]!, tracks: 1 };
  const part = `${bodyOf(action, SCENARIO.features, () => 0.5)!}\n`.repeat(PART);
  for (let i = 0; i < lines; i += PART) {
    if (!sent.write(part)) await once(sent, 'drain');
  }
  sent.end();
}

/** Streams so many tracks; answers are counted and let go. @returns the server's highest memory meanwhile */
async function peakOf(lines: number): Promise<number> {
  const headers = { 'x-api-key': served.key, 'content-type': 'application/x-ndjson' };
  const sent = request(`${served.url}/v1/predict/clusters`, { method: 'POST', headers });
  const written = write(sent, lines);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(200);
  let answered = 0;
  let peak = 0;
  let measured = 0;
  for await (const chunk of response) {
    for (const byte of chunk as Buffer) if (byte === 10) answered += 1;
    if (answered - measured < lines / 50) continue;
    measured = answered;
    peak = Math.max(peak, await residentBytes());
  }
  await written;
  expect(answered).toBe(lines);
  return peak;
}

it('a million tracks are streamed in the memory that a hundred thousand take', async () => {
  const less = await peakOf(100_000);
  const more = await peakOf(1_000_000);
  process.stderr.write(
    `server's memory: ${(less / MEBIBYTE).toFixed(0)} MiB for 100,000 tracks, ${(more / MEBIBYTE).toFixed(0)} for 1,000,000\n`,
  );
  expect(more - less).toBeLessThan(MOST_GROWTH);
});
