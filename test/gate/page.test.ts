import { expect, it } from 'vitest';
import { decide } from '#segue/gate/decision.js';
import { decisionPage } from '#segue/gate/page.js';
import { DEFAULT_POLICY } from '#segue/gate/policy.js';

const decision = decide(
  {
    version: 'm-new',
    k: 2,
    silhouette: { metric: 'silhouette_euclidean', value: 0.19 },
    smallestSegment: { cluster_id: 1, share: 0.3 },
    evidence: null,
    golden: { rows: 10, equal: 10 },
    churn: null,
    production: null,
  },
  DEFAULT_POLICY,
);

it('says the verdict first and why, each rule with value and limit, and lets no text be markup', () => {
  const page = decisionPage({ ...decision, run: '<b>run</b>', decided_at: '2026-11-25T12:00:00.000Z' });
  expect(page.indexOf('Refused</p>')).toBeLessThan(page.indexOf('<h1>'));
  expect(page).toContain('<li>silhouette_euclidean is 0.1900; the limit is 0.2000');
  expect(page).toContain('aria-label="value 0.1900, limit 0.2000"');
  expect(page).toContain('Run &lt;b&gt;run&lt;/b&gt;');
  for (const { rule } of decision.rules) expect(page).toContain(`${rule.replaceAll('_', ' ')}<br>`);
  expect(page).not.toMatch(/src=|href=|<script/);
});
