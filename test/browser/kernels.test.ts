import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { PROGRAMS } from '#segue/kernels/programs/registry.js';
import { openPool } from '#segue/training/pool.js';
import { type Findings, runScenario } from './scenario.js';
import { servePage } from './serve.js';

const CHROMIUM = process.env['SEGUE_CHROMIUM'] ?? '/usr/bin/chromium';

let browser: Browser;
let server: Server;
let url: string;

beforeAll(async () => {
  if (!existsSync(CHROMIUM)) {
    throw new Error(
      `There is no Chromium at ${CHROMIUM}. Install it (Debian: apt-get install -y chromium), or put the path of another one into SEGUE_CHROMIUM.`,
    );
  }
  ({ server, url } = await servePage());
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** The page, its modules loaded; whatever fails there fails the test. */
async function openPage(threads: number): Promise<Page> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('requestfailed', (request) => errors.push(request.url()));
  onTestFinished(async () => {
    await page.close();
    expect(errors).toEqual([]);
  });
  await page.goto(url);
  await page.waitForFunction('globalThis.page !== undefined');
  await page.evaluate(`page.openPool(${threads})`);
  return page;
}

async function findInNode(threads: number, features: number): Promise<Findings> {
  const pool = openPool(threads);
  onTestFinished(() => pool.close());
  return runScenario(pool, features);
}

// 5 features have kernels of their own
describe.each([5, 3])('with %i features', (features) => {
  it.each([1, 2])('%i Web Workers find what threads of Node find, bit by bit', async (threads) => {
    const page = await openPage(threads);
    expect(await page.evaluate('page.isolated()')).toBe(true);
    const found = await page.evaluate<Findings>(`page.run(${features})`);
    expect(page.workers()).toHaveLength(threads);
    expect(found.programs).toEqual(Object.keys(PROGRAMS).toSorted());
    expect(found.inertia).toBeGreaterThan(0);
    expect(found).toEqual(await findInNode(1, features));
    expect(found).toEqual(await findInNode(2, features));
  });
});

it('hands on what a program throws in a worker, and ends them all', async () => {
  const page = await openPage(2);
  expect(await page.evaluate('page.runBroken()')).toBe('TypeError');
  await page.evaluate('page.closePool()');
  await expect.poll(() => page.workers()).toHaveLength(0);
});
