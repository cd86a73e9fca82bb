import type { ConnectionLimits } from './connection-limits.js';
import type { RateLimit } from './rate.js';

/** How a server guards itself; what is left out is off, or has a sound default. */
export interface SecuritySettings {
  /** Of keys that have no limit of their own; none unless given. */
  readonly keyLimit?: RateLimit;
  /** This process's part of every key's limit: 1/N where N processes serve one port. The whole unless given. */
  readonly share?: number;
  /** Origins whose pages may call from a browser, such as `https://app.example.com`; `*` for all. */
  readonly corsOrigins?: readonly string[];
  /** Whether callers come by TLS, which something in front of the server ends. */
  readonly tls?: boolean;
  /** Those that differ from CONNECTION_LIMITS. */
  readonly limits?: Partial<ConnectionLimits>;
  /** Addresses and networks of the proxies in front, whose X-Forwarded-For says who calls; without them nobody's does. */
  readonly trustedProxies?: readonly string[];
}
