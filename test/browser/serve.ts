import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../docs/files.js';

const PAGE = `<!doctype html>
<link rel="icon" href="data:,">
<script type="importmap">{ "imports": { "#segue/": "/dist/" } }</script>
<script type="module" src="/test/page.js"></script>`;

/** Cross-origin isolation, without which a page has no shared memory. */
const ISOLATION = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** Serves `dist/` as it ships, and the page of this folder. */
export async function servePage(): Promise<{ readonly server: Server; readonly url: string }> {
  const texts = new Map(await compilePage());
  const server = createServer((request, response) => {
    const path = normalize(request.url!);
    const send = (text: string, type: string): void => {
      response.writeHead(200, { ...ISOLATION, 'content-type': type }).end(text);
    };
    const own = texts.get(path);
    if (path === '/') send(PAGE, 'text/html');
    else if (own !== undefined) send(own, 'text/javascript');
    else if (!path.startsWith('/dist/')) response.writeHead(404).end();
    else {
      readFile(join(ROOT, path), 'utf8').then(
        (text) => send(text, 'text/javascript'),
        () => response.writeHead(404).end(),
      );
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

const MODULES = ['page', 'scenario'];

const OPTIONS =
  '--ignoreConfig --noCheck --noResolve --verbatimModuleSyntax --target es2023 --module nodenext';

/** The page's modules, by their path there, without the types, which `npm run check` has looked at. */
async function compilePage(): Promise<[string, string][]> {
  const out = await mkdtemp(join(tmpdir(), 'segue-test-'));
  try {
    const folder = join(ROOT, 'test/browser');
    const files = MODULES.map((name) => join(folder, `${name}.ts`));
    const tsc = join(ROOT, 'node_modules/.bin/tsc');
    await promisify(execFile)(tsc, [...OPTIONS.split(' '), '--rootDir', folder, '--outDir', out, ...files]);
    return await Promise.all(
      MODULES.map(async (name): Promise<[string, string]> => {
        return [`/test/${name}.js`, await readFile(join(out, `${name}.js`), 'utf8')];
      }),
    );
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
