import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { homeAt } from '#segue/core/home.js';
import { newKey } from '#segue/service/keys.js';
import { readKeysUsed } from '#segue/service/keys-used.js';
import { PROGRAM, start, tempFolder } from './start.js';

it('demo ends with a curl line that answers, and stops on SIGTERM', async () => {
  const folder = await tempFolder();
  const argv = ['demo', '--tracks', '3000', '--k', '4', '--starts', '2', '--port', '0', '--home', folder];
  const { lines, stop } = await start(argv, /^Stop: /);
  const curl = lines.find((line) => line.startsWith('curl '))!;
  const [, url, key, body] = /^curl -s (\S+) -H 'X-API-Key: (\S+)' .* -d '(.*)'$/.exec(curl)!;
  const answer = await fetch(url!, {
    method: 'POST',
    headers: { 'x-api-key': key!, 'content-type': 'application/json' },
    body: body!,
  });
  expect(answer.status).toBe(200);
  const { cluster_id, model_version } = (await answer.json()) as {
    cluster_id: unknown;
    model_version: unknown;
  };
  expect(cluster_id).toBeTypeOf('number');
  expect(model_version).toMatch(/^m-/);
  expect((await fetch(new URL('/docs', url))).status).toBe(200);
  expect(await (await fetch(new URL('/metrics', url))).text()).toContain('segue_predictions_total');
  expect(await stop()).toBe(0);
});

it('serve guards itself as its options say', async () => {
  const home = await tempFolder();
  const { key, record } = newKey({ label: '', scopes: ['read'] }, new Date());
  const options = '--port 0 --tls --cors-origin https://app.example.com --rate-limit 0.1 --answer-timeout 1m';
  process.env['SEGUE_API_KEYS'] = `${key}:read`;
  onTestFinished(() => void delete process.env['SEGUE_API_KEYS']);
  const { lines, stop } = await start(['serve', '--home', home, ...options.split(' ')], /^Serving at /);
  const [, url] = /^Serving at (\S+)/.exec(lines[0]!)!;
  const ask = (): Promise<Response> =>
    fetch(`${url}/v1/runs`, { headers: { 'x-api-key': key, origin: 'https://app.example.com' } });
  const { status, headers } = await ask();
  expect(status).toBe(200);
  expect(headers.get('strict-transport-security')).toContain('max-age=');
  expect(headers.get('access-control-allow-origin')).toBe('https://app.example.com');
  expect(headers.get('ratelimit-policy')).toBe('"key";q=1;w=10');
  expect((await ask()).status).toBe(429);
  expect(await stop()).toBe(0);
  expect([...(await readKeysUsed(homeAt(home))).keys()]).toEqual([record.id]);
});

it('up trains when there is no model, serves, and says when it will retrain', async () => {
  const folder = await tempFolder();
  const catalogue = join(folder, 'catalogue.csv');
  const generated = spawn(process.execPath, [PROGRAM, 'generate', '--tracks', '3000', '--out', catalogue], {
    stdio: 'ignore',
  });
  await once(generated, 'exit');
  const argv = [
    'up',
    '--source',
    catalogue,
    '--k',
    '4',
    '--starts',
    '2',
    '--port',
    '0',
    '--home',
    join(folder, 'home'),
  ];
  const { lines, stop } = await start([...argv, '--timezone', 'Europe/Madrid'], /^Serving at /);
  const serving = lines.find((line) => line.startsWith('Serving at '))!;
  const [, url, next] = /^Serving at (\S+); next retrain: (.+)$/.exec(serving)!;
  expect(new Date(next!).getUTCDay()).toBe(1);
  expect((await fetch(`${url}/readyz`)).status).toBe(503); // no key yet
  expect(await stop()).toBe(0);
});
