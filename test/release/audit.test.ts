import { expect, it } from 'vitest';
import { verdictOf } from '../../scripts/audit/verdict.js';

it('an audit is clean only where there is a report and nothing in it', () => {
  const report = { auditReportVersion: 2, vulnerabilities: {} };
  expect(verdictOf(JSON.stringify(report)).outcome).toBe('clean');
});

it('names each package that is vulnerable', () => {
  const vulnerabilities = { 'left-pad': { severity: 'high', range: '<1.3.0' } };
  expect(verdictOf(JSON.stringify({ vulnerabilities }))).toEqual({
    outcome: 'vulnerable',
    words: 'npm audit: vulnerable\nleft-pad <1.3.0: high',
  });
});

it.each([
  [
    'refuses',
    '{"message":"405 Method Not Allowed - POST https://mirror.test/-/npm/v1/security","statusCode":405}',
  ],
  ['is silent', ''],
])('a registry that %s is no clean one', (_, printed) => {
  const { outcome, words } = verdictOf(printed);
  expect(outcome).toBe('not run');
  expect(words).toMatch(/^npm audit: NOT RUN/);
  expect(words).not.toContain('mirror.test');
});
