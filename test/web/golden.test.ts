import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPage, openSite, openView, type Site, signIn } from './site.js';

const GOLDEN = fileURLToPath(new URL('golden/', import.meta.url));
const ACTUAL = fileURLToPath(new URL('../../coverage/web/', import.meta.url));

/** Share of the pixels that may differ: what another release of the browser may draw otherwise. */
const TOLERATED = 0.002;

let site: Site;

beforeAll(async () => {
  site = await openSite();
});

afterAll(() => site?.close());

interface Shot {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'dark';
  readonly print?: boolean;
  /** A point of a chart to choose first. */
  readonly choose?: RegExp;
}

const SHOTS: readonly (readonly [string, string, Shot])[] = [
  ['segments', '/', {}],
  ['segments-phone-es', '/?lang=es', { width: 390, height: 1400 }],
  ['segments-dark', '/', { scheme: 'dark' }],
  ['segments-print-dark', '/', { width: 900, scheme: 'dark', print: true }],
  ['decision', '/evolution', { height: 2000, choose: /19 Oct/ }],
  ['distribution', '/distribution', { height: 2500 }],
  ['distribution-phone-dark-es', '/distribution?lang=es', { width: 390, height: 2600, scheme: 'dark' }],
  ['evolution', '/evolution', {}],
  ['evolution-dark-es', '/evolution?lang=es', { scheme: 'dark' }],
  ['map', '/map', {}],
  ['map-found', '/map?q=love&lang=es', { width: 390, height: 1500, scheme: 'dark' }],
  ['drift', '/drift', { height: 1700 }],
  ['drift-phone-dark-es', '/drift?lang=es', { width: 390, height: 1700, scheme: 'dark' }],
  ['try', '/try?tempo=170', {}],
  ['playlists', '/playlists', {}],
  ['operations', '/operations?run=week-19', {}],
  [
    'operations-phone-dark-es',
    '/operations?run=week-19&lang=es',
    { width: 390, height: 1400, scheme: 'dark' },
  ],
  ['costs', '/costs', {}],
  [
    'costs-phone-dark-es',
    '/costs?provider=fargate&requests=50000000&lang=es',
    { width: 390, height: 1900, scheme: 'dark' },
  ],
  ['costs-print', '/costs?provider=cloud-run', { width: 900, print: true }],
  ['distribution-wall', '/distribution', { width: 3840, height: 2160 }],
];

it.each(SHOTS)(
  '%s looks as it was looked at (else see coverage/web, then npm run screenshots)',
  async (name, path, { width = 1280, height = 1300, scheme, print = false, choose }) => {
    const { page } = await openPage(site, { viewport: { width, height }, colorScheme: scheme ?? 'light' });
    await signIn(site, page, site.keys.admin);
    await openView(site, page, path);
    if (print) await page.emulateMedia({ media: 'print', colorScheme: scheme ?? 'light' });
    if (choose !== undefined) await page.getByRole('button', { name: choose }).first().click();
    if (path === '/playlists') await page.locator('.tracks li').first().waitFor();
    if (path.startsWith('/try')) await page.getByText('The service answers the same.').waitFor();
    await page.waitForLoadState('networkidle');
    const changing = [page.locator('.figures')]; // requests and latencies are other ones each time
    const shot = await page.screenshot({ mask: changing, maskColor: '#888888', caret: 'hide' });
    if (process.env['SEGUE_GOLDEN'] === 'write') {
      await mkdir(GOLDEN, { recursive: true });
      await writeFile(`${GOLDEN}${name}.png`, shot);
    }
    const [actual, golden] = [PNG.sync.read(shot), PNG.sync.read(await readFile(`${GOLDEN}${name}.png`))];
    expect([actual.width, actual.height]).toEqual([golden.width, golden.height]);
    const difference = new PNG({ width: actual.width, height: actual.height });
    const pixels = pixelmatch(actual.data, golden.data, difference.data, actual.width, actual.height, {
      threshold: 0.2,
    });
    const share = pixels / (actual.width * actual.height);
    if (share > TOLERATED) {
      await mkdir(ACTUAL, { recursive: true });
      await writeFile(`${ACTUAL}${name}.png`, shot);
      await writeFile(`${ACTUAL}${name}.difference.png`, PNG.sync.write(difference));
    }
    expect(share).toBeLessThanOrEqual(TOLERATED);
  },
);
