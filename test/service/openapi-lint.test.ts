import { fileURLToPath } from 'node:url';
import { createConfig, lint } from '@redocly/openapi-core';
import { expect, it } from 'vitest';

/** What the strictest rules say, and why it stays. */
const ACCEPTED = [
  // Nothing that a caller sends there can be wrong. Problems that come before an operation is reached are under `default`.
  'operation-4xx-response #/paths/~1healthz/get/responses',
  'operation-4xx-response #/paths/~1metrics/get/responses',
  'operation-4xx-response #/paths/~1readyz/get/responses',
  'operation-4xx-response #/paths/~1v1~1session/delete/responses',
  // An item of a batch that is no track is answered with a problem, not refused: any value is let in.
  'no-illogical-composition-keywords #/paths/~1v1~1predict~1clusters/post/requestBody/content/application~1json/schema/properties/items/items/anyOf/1',
];

it('docs/openapi.json keeps the strictest rules of Redocly’s linter, but for these', async () => {
  const problems = await lint({
    ref: fileURLToPath(new URL('../../docs/openapi.json', import.meta.url)),
    config: await createConfig({ extends: ['recommended-strict'] }),
  });
  const found = problems.map(({ ruleId, location }) => `${ruleId} ${location[0]?.pointer}`);
  expect(found.toSorted()).toEqual(ACCEPTED.toSorted());
});
