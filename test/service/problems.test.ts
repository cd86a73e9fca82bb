import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { PROBLEM_CODES, PROBLEMS, type ProblemCode } from '#segue/service/problems.js';
import { documentOf, openWorld, operationsOf } from './world.js';

const world = await openWorld();
afterAll(world.close);

const document = await documentOf(world.app);
const page = readFileSync(new URL('../../docs/api-errors.md', import.meta.url), 'utf8');

/** `| code | status | title | meaning | mend |` */
const rows = [...page.matchAll(/^\| `(\w+)` \| (\d+) \| (.+?) \| (.+?) \| (.+?) \|$/gm)].map(
  ([, code, status, title, meaning, mend]) => [code, { status: Number(status), title, meaning, mend }],
);

describe('problem codes', () => {
  it('are those of docs/api-errors.md, word for word, both ways', () => {
    expect(Object.fromEntries(rows)).toEqual(PROBLEMS);
    expect(rows.map(([code]) => code)).toEqual(PROBLEM_CODES);
  });

  it('are those of the OpenAPI document, both ways', () => {
    expect(document.components.schemas['Problem']?.properties['code']).toMatchObject({
      type: 'string',
      'x-extensible-enum': PROBLEM_CODES,
    });
    expect(Object.keys(document.components.examples)).toEqual(PROBLEM_CODES);
    const used = new Set(
      operationsOf(document).flatMap(({ responses }) =>
        Object.values(responses).flatMap(({ content }) =>
          Object.keys(content?.['application/problem+json']?.examples ?? {}),
        ),
      ),
    );
    expect([...used].toSorted()).toEqual(PROBLEM_CODES.toSorted());
  });

  it('stand under their own status in the OpenAPI document', () => {
    const misplaced = operationsOf(document).flatMap(({ responses }) =>
      Object.entries(responses).flatMap(([status, { content }]) => {
        const codes = Object.keys(content?.['application/problem+json']?.examples ?? {}) as ProblemCode[];
        return codes.filter((code) => status !== 'default' && PROBLEMS[code].status !== Number(status));
      }),
    );
    expect(misplaced).toEqual([]);
  });

  it.each(PROBLEM_CODES)('%s is explained where its type leads', async (code) => {
    const response = await world.app.inject(`/problems/${code}`);
    expect(response.json()).toEqual({ code, ...PROBLEMS[code] });
  });
});
