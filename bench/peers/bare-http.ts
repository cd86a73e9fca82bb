/**
 * A prediction by nothing but `node:http`: the same JSON in and out and the same arithmetic as `POST /v1/predict/cluster`, without keys,
 * limits, checks, security headers or metrics.
 *
 *     tsx bench/peers/bare-http.ts model.json
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { explain } from '#segue/models/explain.js';
import { parseModel } from '#segue/models/parse.js';
import { compile, predictOne } from '#segue/models/predict.js';

const file = process.argv[2]!;
const model = parseModel(readFileSync(file, 'utf8'), file);
const compiled = compile(model);
const names = model.contract.features.map(({ name }) => name);
const segments = model.segments.map(({ segment_id, name }) => ({ segment_id, name }));

function predict(track: Readonly<Record<string, number>>): unknown {
  const values = names.map((name) => track[name]!);
  const prediction = predictOne(compiled, values);
  const { cluster_id, distance, runner_up, margin } = prediction;
  const { unassigned, contributions, out_of_catalogue } = explain(compiled, values, prediction);
  return {
    cluster_id,
    model_version: model.version,
    segment: segments[cluster_id],
    distance,
    unassigned,
    runner_up: runner_up && {
      cluster_id: runner_up.cluster_id,
      segment: segments[runner_up.cluster_id],
      distance: runner_up.distance,
    },
    margin,
    contributions,
    out_of_catalogue,
  };
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => void chunks.push(chunk));
  request.on('end', () => {
    const track = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, number>;
    const body = JSON.stringify(predict(track));
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`Serving at http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
