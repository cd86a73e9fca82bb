import { expect, it } from 'vitest';
import { noticesPage } from '../../scripts/notices/page.js';
import { referencePages } from '../../scripts/reference/all.js';
import { ROOT, readPage } from './files.js';

const pages = await referencePages();

it.each(pages)('docs/reference/%s is what the code says: npm run reference', (name, text) => {
  expect(readPage(`docs/reference/${name}`)).toBe(text);
});

it('THIRD-PARTY-NOTICES.md is of what the lock file brings: npm run notices', () => {
  expect(readPage('THIRD-PARTY-NOTICES.md')).toBe(noticesPage(ROOT));
});
