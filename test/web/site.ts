import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { writeSyntheticCatalogue } from '#segue/catalogue/synthetic/write.js';
import { prometheusObserver } from '#segue/monitoring/metrics.js';
import { startRun } from '#segue/pipeline/start.js';
import { createKey } from '#segue/service/key-file.js';
import { type RunningServer, startServer } from '#segue/service/server.js';
import { pipelineFixture } from '../pipeline/fixture.js';
import { keptLog } from '../service/world.js';
import { askForTracks } from './asked.js';

/** A service with a history: three versions that were promoted, one that was refused. Its data are always the same. */
export interface Site {
  readonly url: string;
  readonly browser: Browser;
  readonly keys: { readonly read: string; readonly admin: string };
  close(): Promise<void>;
}

export async function openSite(): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'segue-web-'));
  const { home, options, context } = await pipelineFixture(3000, folder);
  const week = async (tracks: number, minSilhouette: number, day: number): Promise<void> => {
    const source = join(folder, `week-${day}.csv`);
    await writeSyntheticCatalogue(source, { tracks, seed: 5 });
    const gate = { ...options.gate, minSilhouette };
    let second = 0;
    const now = (): Date => {
      second += 1;
      return new Date(Date.UTC(2026, 9, day, 5, 0, second));
    };
    await startRun({ ...context, now }, { options: { ...options, source, k: 5, gate }, id: `week-${day}` });
  };
  await week(3000, 0.2, 5);
  await week(3150, 0.2, 12);
  await week(3300, 0.25, 19);
  await week(3450, 0.2, 26);
  const key = async (scopes: ('predict' | 'read' | 'admin')[]): Promise<string> =>
    (await createKey(home, { label: scopes.join(), scopes }, new Date())).key;
  const keys = { read: await key(['read']), admin: await key(['admin']) };
  const server: RunningServer = await startServer({
    home,
    host: '127.0.0.1',
    port: 0,
    observer: prometheusObserver(),
    logger: keptLog().logger,
  });
  await askForTracks(server.url, await key(['predict']), home);
  const browser = await chromium.launch({
    executablePath: process.env['SEGUE_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--font-render-hinting=none',
      '--disable-lcd-text',
    ],
  });
  await catalogueReady(server.url);
  return {
    url: server.url,
    browser,
    keys,
    async close() {
      await browser.close();
      await server.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Waits until the service has read its catalogue: views that need it would say that it is being read. */
async function catalogueReady(url: string): Promise<void> {
  const ask = async (): Promise<void> => {
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ catalogue: 'ready' });
  };
  await vi.waitFor(ask, { timeout: 60_000, interval: 100 });
}

/** A page of its own, and all that the browser complained of. */
export async function openPage(
  { browser }: Site,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    if (why !== 'net::ERR_ABORTED') complaints.push(`${request.url()} ${why}`); // the page was left meanwhile
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  return { page, complaints };
}

/** Signs in and waits for the first view. */
export async function signIn({ url }: Site, page: Page, key: string, lang = 'en'): Promise<void> {
  await page.goto(`${url}/?lang=${lang}`);
  await page.getByLabel(/API key|Clave de la API/).fill(key);
  await page.keyboard.press('Enter');
  await page.locator('article.card').first().waitFor();
}

/** Goes to a view and waits until it has what it shows. */
export async function openView({ url }: Site, page: Page, path: string): Promise<void> {
  await page.goto(`${url}${path}`);
  await page.locator('main h1').waitFor();
  await page.locator('[role=status]', { hasText: '…' }).waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready.then(() => true)');
  await page.waitForLoadState('networkidle');
}

export { DASHBOARD_PATHS as VIEWS } from '#segue/service/dashboard.js';
