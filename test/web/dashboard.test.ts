import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SPECIFIED } from '#segue/costs/load.js';
import { monthAt } from '#segue/costs/month.js';
import type { Composition } from '#segue/playlists/composition.js';
import { violationsOn } from './axe.js';
import { openPage, openSite, openView, type Site, signIn, VIEWS } from './site.js';

let site: Site;

/** What has the focus, as a screen reader would call it. */
const FOCUSED = `(() => {
  const at = document.activeElement;
  if (at === null || at === document.body) return '';
  return at.getAttribute('aria-label') ?? (at.name || at.textContent);
})()`;

beforeAll(async () => {
  site = await openSite();
});

afterAll(() => site?.close());

describe('signing in', () => {
  it('needs a key that may read; what the page then has, scripts can’t read', async () => {
    const { page, complaints } = await openPage(site);
    await page.goto(`${site.url}/evolution?lang=en`);
    await page.getByLabel('API key').fill('segue_wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('isn’t known here').waitFor();
    expect(complaints).toEqual([expect.stringContaining('401')]); // the browser's own line of the refused key
    await page.getByLabel('API key').fill(site.keys.read);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Is the model getting better or stale?' }).waitFor();
    expect(await page.evaluate('document.cookie')).toBe('');
    expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage])')).not.toContain('segue_');

    await page.reload();
    await page.locator('.series').first().waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('API key').waitFor();
    await page.reload();
    await page.getByLabel('API key').waitFor();
    expect(complaints).toHaveLength(1);
  });

  it('shows a reader no button that changes something, an admin each', async () => {
    for (const [key, buttons] of [
      [site.keys.read, 0],
      [site.keys.admin, 1],
    ] as const) {
      const { page } = await openPage(site);
      await signIn(site, page, key);
      expect(await page.getByRole('button', { name: 'Rename' }).count()).toBe(5 * buttons);
      await openView(site, page, '/operations');
      for (const name of ['Retrain now', 'Roll back'])
        expect(await page.getByRole('button', { name }).count()).toBe(buttons);
    }
  });
});

describe.each(VIEWS)('the view %s', (path) => {
  it('says what it shows, in both languages, without a complaint of the browser', async () => {
    const { page, complaints } = await openPage(site);
    await signIn(site, page, site.keys.admin);
    const titles: string[] = [];
    for (const lang of ['en', 'es']) {
      await openView(site, page, `${path}?lang=${lang}`);
      titles.push(await page.locator('h1').innerText());
      expect(await page.locator('html').getAttribute('lang')).toBe(lang);
      expect(await page.locator('body').innerText()).not.toMatch(/undefined|NaN|\[object|\{\w+\}/);
    }
    expect(titles[0]).not.toBe(titles[1]);
    expect(complaints).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('has no barrier that axe finds, when it is %s', async (colorScheme) => {
    const { page } = await openPage(site, { colorScheme });
    await signIn(site, page, site.keys.admin);
    await openView(site, page, path);
    expect(await violationsOn(page)).toEqual([]);
  });

  it.each([320, 768, 1280, 3840])('fits a window %i pixels wide', async (width) => {
    const { page } = await openPage(site, { viewport: { width, height: 900 } });
    await signIn(site, page, site.keys.read);
    await openView(site, page, path);
    const [needed, has] = await page.evaluate<[number, number]>(
      '[document.documentElement.scrollWidth, innerWidth]',
    );
    expect(needed).toBeLessThanOrEqual(has);
  });
});

describe('a reader', () => {
  it('comes from a key to a decision by the keyboard alone', async () => {
    const { page } = await openPage(site);
    await page.goto(`${site.url}/?lang=en`);
    await page.getByLabel('API key').waitFor();
    const tabTo = async (what: string): Promise<void> => {
      for (let i = 0; i < 60; i += 1) {
        await page.keyboard.press('Tab');
        const name = await page.evaluate<string>(FOCUSED);
        if (name.includes(what)) return;
      }
      throw new Error(`no way to «${what}» by Tab`);
    };
    await tabTo('key');
    await page.keyboard.type(site.keys.read);
    await page.keyboard.press('Enter');
    await page.locator('article.card').first().waitFor();
    await page.keyboard.press('Home');
    await tabTo('Evolution');
    await page.keyboard.press('Enter');
    await page.locator('.series').first().waitFor();
    await tabTo('19 Oct 2026');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Decision on' }).waitFor();
    await page.getByRole('cell', { name: 'failed' }).first().waitFor();
    expect(new URL(page.url()).searchParams.get('version')).toMatch(/^m-/);
  });

  it('finds by an address again what was looked at', async () => {
    const { page } = await openPage(site);
    await signIn(site, page, site.keys.read);
    await page.locator('.share-bar a').nth(2).click();
    await expect.poll(() => page.locator('article.card').count()).toBe(1);
    const heading = await page.locator('article.card h2').innerText();
    await page.goto(page.url());
    await page.locator('article.card').waitFor();
    expect(await page.locator('article.card').count()).toBe(1);
    expect(await page.locator('article.card h2').innerText()).toBe(heading);
    await page.goBack();
    await expect.poll(() => page.locator('article.card').count()).toBe(5);
  });

  it('gets from the sliders what the service answers', async () => {
    const { page } = await openPage(site);
    await signIn(site, page, site.keys.admin);
    await openView(site, page, '/try?tempo=170&danceability=0.2');
    await page.getByText('The service answers the same.').waitFor();
    const before = await page.locator('.answer').innerText();
    await page.getByRole('slider', { name: /instrumentalness/ }).fill('0.9');
    await page.getByText('The service answers the same.').waitFor();
    expect(await page.locator('.answer').innerText()).not.toBe(before);
    expect(await page.locator('.curl code').innerText()).toMatch(/"instrumentalness":0\.(89|9)/);
  });
});

describe('where figures come from', () => {
  it.each(VIEWS.filter((path) => path !== '/operations' && path !== '/costs'))(
    'the view %s names its model, data and run, and leads to the run',
    async (path) => {
      const { page, complaints } = await openPage(site);
      await signIn(site, page, site.keys.admin);
      await openView(site, page, path);
      const source = page.locator('.source').last();
      await source.getByText(/Model m-[0-9a-f]{12} · run week-26 · data [0-9a-f]{12}/).waitFor();
      await source.getByRole('link', { name: 'run week-26' }).click();
      await page.getByRole('heading', { name: 'The latest run, week-26' }).waitFor();
      expect(complaints).toEqual([]);
    },
  );
});

describe('the distribution', () => {
  it('tells of each genre and each decade which segments its tracks are in, as the service counts them', async () => {
    const { page, complaints } = await openPage(site);
    await signIn(site, page, site.keys.read);
    await openView(site, page, '/distribution');
    const rows = page.locator('.share-rows tbody tr');
    const told = await page.evaluate<Composition>("fetch('/v1/composition').then((got) => got.json())");
    const [first] = told.by.genres;
    const total = first!.tracks.reduce((sum, own) => sum + own, 0);
    await rows.first().waitFor();
    expect(await rows.first().locator('th').innerText()).toBe(first!.genre);
    expect(await rows.first().locator('td.figure').innerText()).toBe(total.toLocaleString('en-GB'));
    const most = Math.max(...first!.tracks) / total;
    const percent = new Intl.NumberFormat('en-GB', { style: 'percent', minimumFractionDigits: 1 });
    expect(await rows.first().innerText()).toContain(percent.format(most));
    const figures = await rows.locator('td.figure').allInnerTexts();
    expect(figures.reduce((sum, text) => sum + Number(text.replace(',', '')), 0)).toBe(told.tracks);

    const few = await rows.count();
    await page.getByRole('link', { name: /most frequent genres/ }).click();
    await expect.poll(() => rows.count()).toBeGreaterThan(few);
    expect(new URL(page.url()).searchParams.get('genres')).toBe('all');

    const columns = page.locator('section', { hasText: 'By year of release' }).locator('.stack');
    const years = told.by.years.map(({ year }) => year);
    expect(await columns.count()).toBe(Math.max(...years) - Math.min(...years) + 1);
    expect(await columns.last().locator('title').first().textContent()).toContain(`${years.at(-1)}: `);

    const older = { ...told.by.years[0]!, year: 1961 };
    const withOlder = { ...told, by: { ...told.by, years: [older, ...told.by.years] } };
    await page.route('**/v1/composition', (route) => route.fulfill({ json: withOlder }));
    await page.reload();
    await page.getByText('1960s', { exact: true }).waitFor();
    expect(await columns.count()).toBe((Math.floor(years.at(-1)! / 10) * 10 - 1960) / 10 + 1);
    expect(complaints).toEqual([]);
  });
});

describe('costs', () => {
  it('are reckoned anew at the slider, kept in the address, and each price has its day and source', async () => {
    const { page, complaints } = await openPage(site);
    await signIn(site, page, site.keys.read);
    await openView(site, page, '/costs?lang=en');
    const total = async (): Promise<number> =>
      Number(/([\d,.]+) € a month/.exec(await page.locator('.lead').innerText())![1]!.replaceAll(',', ''));
    const before = await total();
    expect(before).toBeCloseTo(monthAt('hetzner', SPECIFIED).total, 2);
    await page.getByRole('slider', { name: 'Requests a month' }).focus();
    await page.keyboard.press('End');
    await expect.poll(total).toBeGreaterThan(before);
    expect(new URL(page.url()).searchParams.get('requests')).toBe('10000000000');
    await page.getByRole('button', { name: 'AWS Fargate' }).click();
    const after = await total();
    expect(after).toBeCloseTo(monthAt('fargate', { ...SPECIFIED, requestsPerMonth: 1e10 }).total, 2);
    await page.reload();
    await page.locator('.lead').waitFor();
    expect(await total()).toBe(after);
    const rows = page.locator('tbody tr:not(.bill-item)');
    expect(await rows.count()).toBeGreaterThan(8);
    for (const row of await rows.all()) {
      expect(await row.locator('a').innerText()).toMatch(/^\d{1,2} \w+ 202\d$/);
      expect(await row.locator('a').getAttribute('href')).toMatch(/^https:/);
    }
    expect(complaints).toEqual([]);
  });
});

describe('the map', () => {
  it('tells the track under the pointer, and takes along what was drawn around', async () => {
    const { page } = await openPage(site);
    await signIn(site, page, site.keys.read);
    await openView(site, page, '/map');
    const canvas = page.locator('.map canvas');
    const { x, y, width, height } = (await canvas.boundingBox())!;
    const label = page.locator('p', { hasText: 'Under the pointer' });
    await expect
      .poll(
        async () => {
          await page.mouse.move(x + width / 2 + Math.random() * 60, y + height / 2 + Math.random() * 60);
          return label.innerText();
        },
        { timeout: 30_000, interval: 400 },
      )
      .not.toContain('Point at a track');
    await page.keyboard.down('Shift');
    await page.mouse.move(x + width / 2 - 50, y + height / 2 - 50);
    await page.mouse.down();
    for (const [dx, dy] of [
      [50, -50],
      [50, 50],
      [-50, 50],
    ] as const)
      await page.mouse.move(x + width / 2 + dx, y + height / 2 + dy, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await page.getByText(/\d+ tracks drawn around/).waitFor();
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).click();
    const lines = (await (await (await waiting).createReadStream()).toArray())
      .join('')
      .trimEnd()
      .split('\r\n');
    expect(lines.length).toBeGreaterThan(5);
  });

  it('finds a track by its artist from the keyboard, shows where it lies, and keeps what was looked for in the address', async () => {
    const { page, complaints } = await openPage(site);
    await signIn(site, page, site.keys.read);
    await openView(site, page, '/map');
    await page.getByRole('searchbox').focus();
    const asked = `fetch('/v1/tracks?q=a&limit=1').then((got) => got.json()).then(({ tracks }) => tracks[0].artist_name)`;
    const artist = (await page.evaluate<string>(asked)).toUpperCase().replaceAll('A', 'Á');
    await page.keyboard.type(artist);
    await page.getByText('with a ring on the map').or(page.getByText('have a ring on the map')).waitFor();
    await page.locator('.map .ring').first().waitFor();
    const rings = await page.locator('.map .ring').count();
    expect(rings).toBeGreaterThan(0);
    expect(await page.locator('.found button').count()).toBe(rings);
    const name = await page.locator('.found button strong').first().innerText();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.map .ring.chosen').waitFor();
    await page.locator('p', { hasText: 'Under the pointer' }).filter({ hasText: name }).waitFor();
    const [middle, ring] = await page.evaluate<[number, number]>(
      "[document.querySelector('.map canvas').clientWidth / 2, Number(document.querySelector('.ring.chosen circle').getAttribute('cx'))]",
    );
    expect(ring).toBeCloseTo(middle, 0);
    expect(new URL(page.url()).searchParams.get('q')).toBe(artist);
    expect(await violationsOn(page)).toEqual([]);
    await page.reload();
    await page.locator('.found button').first().waitFor();
    await page.getByRole('searchbox').fill('no such track');
    await page.getByText('No track has such a name').waitFor();
    expect(complaints).toEqual([]);
  });

  it('selects tracks by keys alone, counts them by segment, and makes a playlist of them', async () => {
    const { page } = await openPage(site);
    await signIn(site, page, site.keys.read);
    await openView(site, page, '/map');
    await page.locator('.map canvas').focus();
    await page.keyboard.press('f');
    const help = page.getByText(/tracks in the rectangle/);
    const inside = async (): Promise<number> =>
      Number(/[\d,]+/.exec(await help.innerText())![0].replace(',', ''));
    const before = await inside();
    for (let i = 0; i < 4; i += 1) await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(inside).toBeGreaterThan(before);
    await page.keyboard.press('ArrowLeft');
    const count = await inside();
    await page.keyboard.press('Enter');
    await page.getByText(`${count.toLocaleString('en-GB')} tracks drawn around`).waitFor();
    const counts = await page.locator('.counts strong').allInnerTexts();
    expect(counts.reduce((sum, text) => sum + Number(text.replace(',', '')), 0)).toBe(count);
    expect(await violationsOn(page)).toEqual([]);
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Make a playlist of these' }).click();
    const list = (await (await (await waiting).createReadStream()).toArray()).join('');
    expect(list.match(/^spotify:track:/gm)!.length).toBeGreaterThan(0.5 * Math.min(200, count));
    const artists = [...list.matchAll(/^#EXTINF:-1,(.+?) - /gm)].map(([, artist]) => artist);
    expect(artists.filter((artist, i) => artist === artists[i + 1])).toEqual([]);
    await page.reload();
    await page.getByText(`${count.toLocaleString('en-GB')} tracks drawn around`).waitFor();
    await page.getByRole('button', { name: 'Let go' }).click();
    await page.getByText(/tracks drawn around/).waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.has('around')).toBe(false);
  });

  it('is drawn on by a finger after «Draw around tracks»', async () => {
    const { page } = await openPage(site);
    await signIn(site, page, site.keys.read);
    await openView(site, page, '/map');
    await page.getByRole('button', { name: 'Draw around tracks' }).click();
    await page.locator('.map canvas').scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await page.locator('.map canvas').boundingBox())!;
    await page.mouse.move(x + width / 2 - 40, y + height / 2 - 40);
    await page.mouse.down();
    await page.mouse.move(x + width / 2 + 40, y + height / 2 - 40, { steps: 3 });
    await page.mouse.move(x + width / 2, y + height / 2 + 40, { steps: 3 });
    await page.mouse.up();
    await page.getByText(/\d+ tracks drawn around/).waitFor();
    await page.getByRole('button', { name: 'Let go' }).click();
    expect(await page.locator('.selection').count()).toBe(0);
  });

  it('moves and grows by keys', async () => {
    const { page } = await openPage(site);
    await signIn(site, page, site.keys.read);
    await openView(site, page, '/map');
    const place = async (): Promise<number> =>
      Number(await page.locator('.map .over text').first().getAttribute('x'));
    const isMeasured =
      "Number(document.querySelector('.map .over').getAttribute('width')) === document.querySelector('.map canvas').clientWidth";
    await expect.poll(() => page.evaluate(isMeasured)).toBe(true);
    const before = await place();
    await page.locator('.map canvas').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(place).toBeLessThan(before);
    await page.keyboard.press('0');
    await expect.poll(place).toBe(before);
    await page.keyboard.press('+');
    await expect.poll(place).not.toBe(before);
  });
});

describe('an admin', () => {
  it('names a segment, and takes the name back', async () => {
    const { page } = await openPage(site);
    await signIn(site, page, site.keys.admin);
    const card = page.locator('article.card').first();
    const before = await card.locator('h2').innerText();
    await card.getByRole('button', { name: 'Rename' }).click();
    await card.getByLabel('Name in English').fill('For cooking');
    await card.getByLabel('Name in Spanish').fill('Para cocinar');
    await card.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => card.locator('h2').innerText()).toBe('For cooking');
    await card.getByText('named by people').waitFor();
    await card.getByRole('button', { name: 'Rename' }).click();
    await card.getByRole('button', { name: 'Take the name back' }).click();
    await expect.poll(() => card.locator('h2').innerText()).toBe(before);
  });

  it('makes a playlist and takes it along as a file', async () => {
    const { page } = await openPage(site);
    await signIn(site, page, site.keys.admin);
    await openView(site, page, '/playlists?length=12');
    const list = page.locator('.tracks li');
    await expect
      .poll(
        async () => {
          await page.getByRole('button', { name: 'Make it' }).click();
          return list.count();
        },
        { timeout: 60_000 },
      )
      .toBe(12);
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).click();
    const stream = await (await waiting).createReadStream();
    const lines = (await stream.toArray()).join('').trimEnd().split('\r\n');
    expect(lines[0]).toBe('\ufefftrack_id,artist_name,track_name,genre,popularity,tempo');
    expect(lines).toHaveLength(13);
  });

  it('rolls back and promotes again, each only when asked twice', async () => {
    const { page } = await openPage(site);
    await signIn(site, page, site.keys.admin);
    await openView(site, page, '/operations');
    const current = page.locator('.figures dd').first();
    const before = await current.innerText();
    await page.getByRole('button', { name: 'Roll back' }).click();
    await page.getByRole('button', { name: 'No', exact: true }).click();
    expect(await current.innerText()).toBe(before);
    await page.getByRole('button', { name: 'Roll back' }).click();
    await page.locator('dialog[open]').getByLabel('Reason').fill('a test');
    await page.getByRole('button', { name: 'Yes, do it' }).click();
    await expect.poll(() => current.innerText(), { timeout: 20_000 }).not.toBe(before);
    await page.getByRole('row', { name: before }).getByRole('button', { name: 'Promote' }).click();
    await page.getByRole('button', { name: 'Yes, do it' }).click();
    await expect.poll(() => current.innerText(), { timeout: 20_000 }).toBe(before);
  });
});

it('the first view weighs less than 250 kB, and its files are kept by the browser', async () => {
  const { page } = await openPage(site);
  const sizes = new Map<string, number>();
  page.on('response', (response) => {
    void response
      .request()
      .sizes()
      .then(({ responseBodySize }) => sizes.set(response.url(), responseBodySize));
  });
  await signIn(site, page, site.keys.read);
  await page.evaluate('document.fonts.ready.then(() => true)');
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(20_000);
  expect(total).toBeLessThan(250_000);
  const script = [...sizes.keys()].find((url) => url.endsWith('.js'))!;
  expect((await fetch(script)).headers.get('cache-control')).toContain('immutable');
});
