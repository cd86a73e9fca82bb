import { CONNECTION_LIMITS } from '../../service/connection-limits.js';
import { origins, proxies } from '../parse-network.js';
import { real, several, time, whole, yesNo } from './kind.js';
import { SERVING } from './serve.js';
import type { Group } from './setting.js';

/** How the service guards itself. */
export const GUARD = {
  title: 'Who may call, and how much',
  commands: SERVING,
  settings: {
    rateLimit: {
      kind: real({ exclusiveMinimum: 0 }),
      what: 'requests a second of each key that has no limit of its own',
      argument: '<number>',
      unless: 'none',
    },
    rateBurst: {
      kind: real({ minimum: 1 }),
      what: 'requests of a key at once',
      argument: '<number>',
      unless: "one second's worth",
    },
    corsOrigin: {
      kind: several('origins such as `https://app.example.com`, or `*`', origins),
      what: 'origins whose pages may call from browsers, or *',
      argument: '<list>',
      unless: 'none',
    },
    trustProxy: {
      kind: several('addresses or networks such as `10.0.0.0/8`', proxies),
      what: 'addresses or networks of proxies in front, whose X-Forwarded-For is believed',
      argument: '<list>',
      unless: 'none',
    },
    tls: {
      kind: yesNo,
      what: 'callers come by TLS, ended in front: answers say so to browsers (HSTS)',
      argument: '[yes|no]',
      unless: 'no',
    },
  },
} as const satisfies Group;

const { headersMs, requestMs, idleMs, stallMs, answerMs, connections } = CONNECTION_LIMITS;

/** What a connection, and all of them, may take. */
export const CONNECTIONS = {
  title: 'Limits of connections',
  commands: SERVING,
  settings: {
    headersTimeout: limit('longest time for headers to arrive', headersMs),
    requestTimeout: limit('longest time for a whole request', requestMs),
    idleTimeout: limit('longest time between two requests', idleMs),
    stallTimeout: limit('longest time of a request without a byte', stallMs),
    answerTimeout: limit('longest time for a reader to take its answer', answerMs),
    maxConnections: {
      kind: whole(1),
      what: 'most connections at once',
      argument: '<number>',
      fallback: String(connections),
    },
  },
} as const satisfies Group;

function limit(what: string, ms: number) {
  return { kind: time, what, argument: '<time>', fallback: `${ms / 1000}s` } as const;
}
