import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer } from '#segue/service/server.js';
import { homeOfTest } from '../service/temp.js';
import { keptLog, observerWith } from '../service/world.js';

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env['SEGUE_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
});

afterAll(() => browser?.close());

it('/docs works under its policy: it shows every operation, asks one, and breaks no rule', async () => {
  const server = await startServer({
    home: await homeOfTest(),
    host: '127.0.0.1',
    port: 0,
    observer: observerWith(),
    logger: keptLog().logger,
  });
  const page = await browser.newPage();
  try {
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('requestfailed', (request) => complaints.push(request.url()));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) complaints.push(message.text());
    });
    await page.goto(`${server.url}/docs`);
    await page.locator('.opblock').first().waitFor();
    expect(await page.locator('.opblock').count()).toBeGreaterThan(8);
    const health = page.locator('#operations-operation-getHealth');
    await health.click();
    await health.getByText('Try it out').click();
    await health.getByText('Execute').click();
    await health.locator('.live-responses-table').getByText('"status": "ok"').waitFor();
    expect(complaints).toEqual([]);
  } finally {
    await page.close();
    await server.close();
  }
});
