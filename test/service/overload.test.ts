import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { roundGate } from '#segue/service/round-gate.js';
import { readAnswers } from './hostile/answers.js';
import { TRACK, worldOfTest } from './world.js';

describe('a round of the event loop', () => {
  function gate(patience = 100) {
    const rounds: (() => void)[] = [];
    const options = { requests: 3, milliseconds: 8, patience };
    const made = roundGate((over) => void rounds.push(over), options);
    return { admits: (now: number) => made.admits(now), endRound: () => rounds.shift()?.(), rounds };
  }

  it('lets its requests in, however long they take', () => {
    const { admits } = gate();
    expect([0, 500, 1000].map(admits)).toEqual([true, true, true]);
  });

  it('lets a burst in, and refuses once its delay has lasted', () => {
    const { admits } = gate(10);
    expect([0, 1, 2, 3, 8, 12, 17.9].map(admits)).toEqual(Array.from({ length: 7 }, () => true));
    expect([18, 20].map(admits)).toEqual([false, false]);
  });

  it('refuses what is beyond its time while round after round is late, until all have been in time for a second', () => {
    const { admits, endRound, rounds } = gate();
    for (let round = 0; round < 10; round++) {
      expect([0, 1, 2, 9].map((at) => admits(12 * round + at))).toEqual([true, true, true, 12 * round < 100]);
      expect(rounds).toHaveLength(1);
      endRound();
    }
    expect([200, 201, 202, 209].map(admits)).toEqual([true, true, true, false]);
    endRound();
    expect([1300, 1301, 1302, 1309].map(admits)).toEqual([true, true, true, true]);
  });

  it('counts as the next round once it has lasted 20 ms, while Node goes on reading', () => {
    const { admits, rounds } = gate();
    for (let round = 0; round < 6; round++)
      expect([0, 1, 2, 9].map((at) => admits(21 * round + at))).toEqual([true, true, true, 21 * round < 100]);
    expect(rounds).toHaveLength(1);
  });
});

describe('an overloaded service', () => {
  it('refuses with 503 and Retry-After, counts it, and still tells how it is', async () => {
    const { app, keys } = await worldOfTest({ gate: { admits: () => false } });
    const predict = {
      method: 'POST',
      url: '/v1/predict/cluster',
      headers: { 'x-api-key': keys.predict },
    } as const;
    const refused = await app.inject({ ...predict, payload: TRACK });
    expect(refused.statusCode).toBe(503);
    expect(refused.headers).toMatchObject({
      'retry-after': '1',
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
    });
    expect(refused.headers).toHaveProperty('x-model-version');
    expect(refused.json()).toMatchObject({
      code: 'overloaded',
      instance: '/v1/predict/cluster',
      request_id: refused.headers['x-request-id'],
    });
    expect((await app.inject('/nowhere')).json()).toMatchObject({ code: 'overloaded' });
    for (const url of ['/healthz', '/readyz', '/metrics'])
      expect((await app.inject(url)).statusCode).toBe(200);
    const { body } = await app.inject('/metrics');
    expect(body).toContain('segue_http_requests_total{method="POST",route="overload",status="503"} 1');
    expect(body).toContain('segue_http_requests_total{method="GET",route="overload",status="503"} 1');
    expect(body).toContain('segue_http_requests_in_flight 1');
  });

  it('answers each of many requests in order, with what was asked or with 503, and all once it is over', async () => {
    const gate = roundGate(setImmediate, { requests: 2, milliseconds: 0, patience: 0 });
    const { app, keys } = await worldOfTest({ gate });
    const port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
    const ask = (id: number, end = '') =>
      `GET /v1/clusters HTTP/1.1\r\nHost: x\r\nX-API-Key: ${keys.read}\r\nX-Request-Id: n${id}\r\n${end}\r\n`;
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    // Read at once, so in one round; the last one ends the connection.
    socket.write(
      Array.from({ length: 40 }, (_, id) => ask(id, id === 39 ? 'Connection: close\r\n' : '')).join(''),
    );
    const answers = readAnswers(await buffer(socket), []);
    expect(answers.map(({ headers }) => headers.get('x-request-id'))).toEqual(
      answers.map((_, id) => `n${id}`),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map((_, id) => (id < 2 ? 200 : 503)));
    expect(answers).toHaveLength(40);
    const headers = { 'x-api-key': keys.read };
    expect((await app.inject({ url: '/v1/clusters', headers })).statusCode).toBe(200);
  });
});
