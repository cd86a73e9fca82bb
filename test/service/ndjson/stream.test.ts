import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Asked, countAsked } from '#segue/drift/asked.js';
import type { Prediction } from '#segue/models/predict.js';
import { promote } from '#segue/models/registry.js';
import { createKey } from '#segue/service/key-file.js';
import type { Observer } from '#segue/service/observer.js';
import { startServer } from '#segue/service/server.js';
import { exampleModel } from '../../models/example.js';
import { NOW, signal, temporaryHome } from '../temp.js';
import { keptLog, observerWith, openWorld, publish, SOME_TEXT, TRACK, textWith } from '../world.js';

const LINE = `${JSON.stringify(TRACK)}\n`;

async function serve(extra: Partial<Observer> = {}) {
  const { home, remove } = await temporaryHome();
  await publish(home, exampleModel());
  const { key } = await createKey(home, { label: 'x', scopes: ['predict'] }, NOW);
  const { logger, text: log } = keptLog();
  const options = { home, host: '127.0.0.1', port: 0, logger, watch: () => () => {} };
  const server = await startServer({ ...options, observer: observerWith(extra), drainMs: 1000 });
  const agent = new Agent({ keepAlive: true });
  onTestFinished(async () => {
    agent.destroy();
    await server.close();
    await remove();
  });
  const send = (type: string, path: string): ClientRequest =>
    request(server.url + path, {
      method: 'POST',
      agent,
      headers: { 'x-api-key': key, 'content-type': type },
    });
  return { ...server, home, log, stream: () => send('application/x-ndjson', '/v1/predict/clusters'), send };
}

/** Counts as the service does, and tells of each prediction. */
function toldOf(told: (prediction: Prediction) => void): Asked {
  const asked = countAsked();
  return {
    ...asked,
    predicted: (answering, prediction, values) => {
      asked.predicted(answering, prediction, values);
      told(prediction);
    },
  };
}

type Stream = Awaited<ReturnType<typeof serve>>['stream'];

async function responseTo(sent: ClientRequest): Promise<IncomingMessage> {
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return response;
}

async function answersTo(stream: Stream, body: string | Buffer): Promise<unknown[]> {
  const sent = stream();
  sent.end(body);
  const response = await responseTo(sent);
  expect(response.statusCode).toBe(200);
  expect(response.headers['content-type']).toBe('application/x-ndjson');
  const lines = (await text(response)).split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => JSON.parse(line) as unknown);
}

const refused = (line: number, code: string, rule?: string): unknown => ({
  line,
  problem: rule === undefined ? { code } : { code, errors: [{ field: 'body', rule }] },
});

describe('a stream of lines', () => {
  it('is answered line by line as the batch of JSON is, with the version in the header', async () => {
    const { stream, send } = await serve();
    const items = [TRACK, {}, { ...TRACK, tempo: 40 }, 3, null, [], TRACK];
    const sent = send('application/json', '/v1/predict/clusters');
    sent.end(JSON.stringify({ items }));
    const { results } = JSON.parse(await text(await responseTo(sent))) as { results: object[] };
    const answers = await answersTo(stream, items.map((item) => `${JSON.stringify(item)}\n`).join(''));
    expect(answers).toEqual(results.map((result, i) => ({ line: i + 1, ...result })));
  });

  it.each<[string, string | Buffer, unknown[]]>([
    ['nothing', '', []],
    ['blank lines', '\n\r\n  \n', []],
    [
      'a last line without a newline',
      `\n${LINE.trim()}`,
      [{ line: 2, prediction: { margin: expect.any(Number) as unknown } }],
    ],
    ['CRLF', LINE.replace('\n', '\r\n'), [{ line: 1, prediction: {} }]],
    [
      'bad JSON between good',
      `${LINE}{"tempo":\n${LINE}`,
      [{ line: 1, prediction: {} }, refused(2, 'not_json', 'json'), { line: 3 }],
    ],
    ['two values in a line', `${LINE.trim()}${LINE}`, [refused(1, 'not_json', 'json')]],
    ['a value over two lines', '{\n}\n', [refused(1, 'not_json', 'json'), refused(2, 'not_json', 'json')]],
    [
      'bad UTF-8',
      Buffer.from([0x22, 0xff, 0x22, 0x0a, 0x31, 0x0a]),
      [refused(1, 'not_json', 'encoding'), refused(2, 'invalid_request', 'type')],
    ],
    ['a byte order mark', `\u{feff}${LINE}`, [refused(1, 'not_json', 'json')]],
    [
      'a line that is too long',
      `"${'x'.repeat(16 * 1024)}"\n${LINE}`,
      [
        { line: 1, problem: { code: 'body_too_large', status: 413, detail: textWith('16384') } },
        { line: 2, prediction: {} },
      ],
    ],
    ['a million bytes without a newline', 'x'.repeat(1_000_000), [refused(1, 'body_too_large')]],
    ['NUL bytes', '\0\0\n', [refused(1, 'not_json', 'json')]],
    ['deep JSON', `${'['.repeat(8000)}\n`, [refused(1, 'not_json', 'json')]],
    [
      'deep JSON that is well-formed',
      `${'['.repeat(8000)}${']'.repeat(8000)}\n`,
      [refused(1, 'invalid_request', 'type')],
    ],
  ])('of %s', async (_what, body, expected) => {
    const { stream } = await serve();
    expect(await answersTo(stream, body)).toMatchObject(expected);
  });

  it('answers each line before the next is sent, and the version that was there on arrival answers all', async () => {
    const { stream, home, refresh } = await serve();
    const [first, second] = [exampleModel(), exampleModel({ seed: 2, k: 6 })];
    const sent = stream();
    sent.flushHeaders();
    sent.write(LINE);
    const response = await responseTo(sent);
    const answers = createInterface({ input: response })[Symbol.asyncIterator]();
    const next = async (): Promise<unknown> => {
      const { value } = (await answers.next()) as { value: string };
      return JSON.parse(value);
    };
    const before = (await next()) as { prediction: unknown };

    await publish(home, second);
    await promote(home, second.version, { run: null, actor: 'ana', now: () => NOW });
    await refresh();
    sent.write(LINE);
    expect(await next()).toEqual({ line: 2, prediction: before.prediction });
    sent.end();
    expect((await answers.next()).done).toBe(true);
    expect(response.headers['x-model-version']).toBe(first.version);
    const later = stream();
    later.end(LINE);
    expect((await responseTo(later)).headers['x-model-version']).toBe(second.version);
  });

  it('leaves the connection fit for the next request', async () => {
    const { stream } = await serve();
    for (let i = 0; i < 3; i += 1) expect(await answersTo(stream, LINE)).toHaveLength(1);
  });

  it('is counted: each track in its segment', async () => {
    const counted = new Map<number, number>();
    const { stream } = await serve({
      asked: toldOf(({ cluster_id: id }) => void counted.set(id, (counted.get(id) ?? 0) + 1)),
    });
    const answers = (await answersTo(stream, `${LINE}{}\n${LINE}`)) as {
      prediction?: { cluster_id: number };
    }[];
    expect([...counted]).toEqual([[answers[0]!.prediction!.cluster_id, 2]]);
  });

  it('ends when the client goes away in the middle, which is no fault of the service', async () => {
    const ended = signal<number>();
    const { stream, log } = await serve({ requestEnded: (_operation, status) => ended.give(status) });
    const sent = stream();
    sent.on('error', () => {});
    sent.write(LINE + LINE.slice(0, 9));
    const response = await responseTo(sent);
    response.on('error', () => {});
    await once(response, 'data');
    sent.destroy();
    expect(await ended.given).toBe(499);
    expect(log()).not.toContain('"level":50');
  });

  it('is answered to its end when the service stops meanwhile', async () => {
    const { stream, close } = await serve();
    const sent = stream();
    sent.write(LINE);
    const response = await responseTo(sent);
    const rest = text(response);
    const closed = close();
    sent.end(LINE.repeat(3));
    expect((await rest).split('\n')).toHaveLength(5);
    await closed;
  });

  it('may take longer than other requests, as long as it does not stand still', async () => {
    const { app, keys, close } = await openWorld();
    onTestFinished(close);
    const arrived = signal<Socket>();
    app.server.once('connection', (socket: Socket) => arrived.give(socket));
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const headers = { 'x-api-key': keys.predict, 'content-type': 'application/x-ndjson' };
    const sent = request(`${url}/v1/predict/clusters`, { method: 'POST', headers });
    sent.write(LINE);
    const socket = await arrived.given;
    const response = await responseTo(sent);
    expect(socket.timeout).toBe(30_000);
    const late = Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
    app.server.emit('clientError', late, socket); // as Node does
    sent.end(LINE);
    expect((await text(response)).split('\n')).toHaveLength(3);
  });

  it('is refused where one value is asked for', async () => {
    const { send } = await serve();
    const sent = send('application/x-ndjson', '/v1/predict/cluster');
    sent.end(LINE);
    const response = await responseTo(sent);
    expect(response.statusCode).toBe(422);
    expect(JSON.parse(await text(response))).toMatchObject({ code: 'not_json', detail: SOME_TEXT });
  });
});

describe('back-pressure', () => {
  const LINES = 200_000;

  it('a client that does not read is not answered further than its connection holds; then it gets everything', async () => {
    let predicted = 0;
    const { stream, send } = await serve({
      asked: toldOf(() => void (predicted += 1)),
    });
    const sent = stream();
    const all = LINE.repeat(1000);
    for (let i = 0; i < LINES / 1000; i += 1) sent.write(all);
    sent.end();
    const response = await responseTo(sent); // not read from yet

    const single = async (): Promise<void> => {
      const one = send('application/json', '/v1/predict/cluster');
      one.end(JSON.stringify(TRACK));
      const answer = await responseTo(one);
      expect(answer.statusCode).toBe(200);
      await text(answer);
      predicted -= 1;
    };
    for (let still = 0; still < 200; ) {
      const before = predicted;
      await single();
      still = predicted === before ? still + 1 : 0;
    }
    expect(predicted).toBeLessThan(LINES / 2);

    let lines = 0;
    for await (const chunk of response) lines += (chunk as Buffer).toString('latin1').split('\n').length - 1;
    expect(lines).toBe(LINES);
    expect(predicted).toBe(LINES);
  });
});
