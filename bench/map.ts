/**
 * Times the dashboard's map in Chromium, which draws without a graphics card here: how long until it is seen, and each frame while it is
 * dragged.
 *
 *     npm run bench:map                         1,000,000 tracks, 5 rounds
 *     npm run bench:map -- --tracks 100000
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { openServer, segue } from './playlists/server.js';
import { describeMachine, median } from './report.js';

const RESULT = new URL('./results/map.md', import.meta.url);

const ROUNDS = 5;

/** Collects the length of every frame, in milliseconds. */
const WATCH = `globalThis.frames_ = []; (() => {
  let last = performance.now();
  const tick = (now) => { frames_.push(now - last); last = now; requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
})()`;

const { values } = parseArgs({ options: { tracks: { type: 'string', default: '1000000' } } });

const work = await mkdtemp(join(tmpdir(), 'segue-map-'));
try {
  const [home, catalogue] = [join(work, 'home'), join(work, 'catalogue.csv')];
  await segue('generate', '--tracks', values.tracks, '--seed', '7', '--out', catalogue);
  await segue('run', '--home', home, '--source', catalogue, '--k', '5', '--starts', '3');
  await rm(catalogue);
  const key = (await segue('keys', 'create', '--home', home, '--scopes', 'predict,read')).trim();
  const server = await openServer(home, key);
  const browser = await chromium.launch({
    executablePath: process.env['SEGUE_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
  try {
    await server.catalogueReady();
    const seen: number[] = [];
    const frames: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
      await page.goto(`${server.url}/?lang=en`);
      await page.getByLabel('API key').fill(key);
      await page.keyboard.press('Enter');
      await page.locator('article.card').first().waitFor();
      seen.push(await seenAfter(page, `${server.url}/map?lang=en`));
      frames.push(...(await framesOfDrag(page)));
      await page.context().close();
    }
    const report = render(await server.tracksHeld(), seen, frames);
    await writeFile(RESULT, report);
    process.stdout.write(report);
  } finally {
    await browser.close();
    await server.close();
  }
} finally {
  await rm(work, { recursive: true, force: true });
}

/** Milliseconds from the address to the first picture: no file of the view is in the browser's cache. */
async function seenAfter(page: Page, url: string): Promise<number> {
  const began = performance.now();
  await page.goto(url);
  await page.locator('.map .over text').first().waitFor();
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))',
  );
  return performance.now() - began;
}

async function framesOfDrag(page: Page): Promise<number[]> {
  await page.evaluate(WATCH);
  await page.mouse.move(600, 450);
  await page.mouse.down();
  for (let i = 0; i < 90; i += 1) await page.mouse.move(600 + 2 * i, 450 + i);
  await page.mouse.up();
  return page.evaluate<number[]>('frames_.slice(1)');
}

function render(tracks: number, seen: readonly number[], frames: readonly number[]): string {
  const sorted = frames.toSorted((a, b) => a - b);
  const at = (share: number): string => sorted[Math.round(share * (sorted.length - 1))]!.toFixed(0);
  return `# \`npm run bench:map\`

${tracks.toLocaleString('en')} synthetic tracks; ${seen.length} rounds; Chromium without a graphics card (SwiftShader), server and browser on the same machine.

${describeMachine()}

| what | ms |
| --- | ---: |
| from the address to the first picture, median | ${median(seen).toFixed(0)} |
| from the address to the first picture, longest | ${Math.max(...seen).toFixed(0)} |
| a frame while dragging, median | ${at(0.5)} |
| a frame while dragging, 95 of 100 | ${at(0.95)} |
| a frame while dragging, longest of ${sorted.length} | ${at(1)} |
`;
}
