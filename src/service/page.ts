import type { PageAsk } from '../core/page.js';
import { Check, type Static, type TSchema, Type } from '../core/typebox.js';
import { Problem } from './problem.js';
import type { RouteHeader } from './route.js';

const USUAL = 50;

/** Entries of a page unless fewer are asked for; the most that may be. */
const MOST = 500;

/** Query parameters of every list. */
export const PAGE_QUERY = Type.Object(
  {
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MOST,
        default: USUAL,
        description: 'Most entries of the page',
        examples: [USUAL],
      }),
    ),
    cursor: Type.Optional(
      Type.String({
        maxLength: 1024,
        pattern: '^[A-Za-z0-9_-]+$',
        description: 'Where the page begins: take it from the «next» of the page before; its form may change',
      }),
    ),
  },
  { additionalProperties: false },
);

/** Member of every list. */
export const NEXT = Type.Union([Type.String({ format: 'uri-reference' }), Type.Null()], {
  description: 'Path and query of the next page; null on the last one',
});

/** Header of every list: the same link as `next` (RFC 8288). */
export const LINK: RouteHeader<{ readonly next: string | null }> = {
  name: 'Link',
  example: '</v1/runs?limit=50&cursor=eyJydW4iOiIyMDI2In0>; rel="next"',
  description: 'The next page, as «<path>; rel="next"» (RFC 8288); absent on the last one',
  of: ({ next }) => (next === null ? undefined : `<${next}>; rel="next"`),
};

/**
 * What a request asks of a list.
 *
 * @param schema of a position in this list
 * @throws Problem page_not_found where the cursor isn't one of this list
 */
export function askedPage<Position extends TSchema>(
  { limit = USUAL, cursor }: Static<typeof PAGE_QUERY>,
  schema: Position,
): PageAsk<Static<Position>> {
  if (cursor === undefined) return { limit, after: undefined };
  const after = decode(cursor);
  if (!Check(schema, after)) throw pageNotFound('The cursor is not one of this list.');
  return { limit, after };
}

/**
 * Path and query of the page after the position; null without one.
 *
 * @param more parameters of the list's own, which the next page keeps
 */
export function nextLink(
  path: string,
  { limit }: PageAsk<unknown>,
  next: unknown,
  more: Readonly<Record<string, string>> = {},
): string | null {
  if (next === undefined) return null;
  const cursor = Buffer.from(JSON.stringify(next)).toString('base64url');
  const query = new URLSearchParams({ limit: String(limit), cursor, ...more });
  return `${path}?${query.toString()}`;
}

/** The cursor leads nowhere, and why. */
export function pageNotFound(why: string): Problem {
  return new Problem('page_not_found', { detail: `${why} Begin again without a cursor.` });
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
