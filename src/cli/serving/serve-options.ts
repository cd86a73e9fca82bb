import type { Command } from 'commander';
import { rateLimit } from '../../service/rate.js';
import type { SecuritySettings } from '../../service/security.js';
import { CONNECTIONS, GUARD } from '../settings/guard.js';
import { withSettings } from '../settings/options.js';
import { SERVE } from '../settings/serve.js';
import type { ValuesOf } from '../settings/setting.js';

export type ServeFlags = ValuesOf<typeof SERVE> &
  SecurityFlags & {
    /** Arguments of `segue run` for runs that the API begins; none can be begun without. */
    readonly runArguments?: readonly string[];
  };

type SecurityFlags = ValuesOf<typeof GUARD> & ValuesOf<typeof CONNECTIONS>;

/** Adds the flags that say where and how to serve, and what guards the server. */
export function withServeOptions(command: Command): Command {
  return [CONNECTIONS, GUARD, SERVE].reduce(withSettings, command);
}

/** What the server is told of how it guards itself. */
export function securityOf(flags: SecurityFlags): SecuritySettings {
  const { rateLimit: rate, rateBurst, corsOrigin, trustProxy, tls } = flags;
  return {
    ...(rate === undefined ? {} : { keyLimit: rateLimit(rate, rateBurst) }),
    ...(corsOrigin === undefined ? {} : { corsOrigins: corsOrigin }),
    ...(trustProxy === undefined ? {} : { trustedProxies: trustProxy }),
    ...(tls === undefined ? {} : { tls }),
    limits: {
      headersMs: flags.headersTimeout,
      requestMs: flags.requestTimeout,
      idleMs: flags.idleTimeout,
      stallMs: flags.stallTimeout,
      answerMs: flags.answerTimeout,
      connections: flags.maxConnections,
    },
  };
}
