import { Type } from '../../core/typebox.js';
import type { AppDeps } from '../deps.js';
import { SCOPES } from '../keys.js';
import { Problem } from '../problem.js';
import { type Route, type RouteHeader, route } from '../route.js';

const SCOPE = Type.Enum([...SCOPES]);

const SESSION = Type.Object({
  key: Type.String({ description: 'Id of the key' }),
  scopes: Type.Array(SCOPE, { description: 'What it allows' }),
});

const EXAMPLE = { key: '3f9c2b71a0de', scopes: ['read' as const] };

/** Where a handler leaves the cookie that goes with its answer; not part of the JSON. */
const COOKIE = Symbol('cookie');

const SET_COOKIE: RouteHeader<object> = {
  name: 'Set-Cookie',
  description: 'The session: HttpOnly, SameSite=Strict; 12 hours',
  example: 'segue_session=…; Max-Age=43200; Path=/; HttpOnly; SameSite=Strict',
  of: (answer) => (answer as { readonly [COOKIE]?: string })[COOKIE],
};

/** `/v1/session`: a page in a browser signs in by a key, which it then forgets. */
export function sessionRoutes({ keys, sessions }: Pick<AppDeps, 'keys' | 'sessions'>): readonly Route[] {
  const describe = (id: string | undefined): { key: string; scopes: (typeof SCOPES)[number][] } => {
    const key = keys.checkId(id ?? '');
    if (typeof key === 'string') throw new Problem('unauthorized');
    return { key: key.id, scopes: [...key.scopes] };
  };
  return [
    route({
      method: 'POST',
      path: '/v1/session',
      id: 'signIn',
      tag: 'operation',
      summary: 'Sign a page in by the key that is sent',
      description:
        'The cookie stands for the key from then on, until it is revoked, expires or 12 hours are over.',
      scope: 'read',
      answer: { description: 'Signed in', schema: SESSION, headers: [SET_COOKIE], example: EXAMPLE },
      problems: [],
      handle: ({ key = '' }) => ({ ...describe(key), [COOKIE]: sessions.begin(key) }),
    }),
    route({
      method: 'GET',
      path: '/v1/session',
      id: 'getSession',
      tag: 'operation',
      summary: 'Which key a page, or a program, uses',
      scope: 'read',
      answer: { description: 'The key', schema: SESSION, example: EXAMPLE },
      problems: [],
      handle: ({ key }) => describe(key),
    }),
    route({
      method: 'DELETE',
      path: '/v1/session',
      id: 'signOut',
      tag: 'operation',
      summary: 'Sign a page out',
      scope: 'public',
      answer: {
        description: 'Signed out',
        schema: Type.Object({ signed_out: Type.Literal(true) }),
        headers: [SET_COOKIE],
        example: { signed_out: true },
      },
      problems: [],
      handle: () => ({ signed_out: true as const, [COOKIE]: sessions.end() }),
    }),
  ];
}
