import type { RateLimit } from './rate.js';

/** How a server guards itself; what is left out is off, or has a sound default. */
export interface SecuritySettings {
  /** Of keys that have no limit of their own; none unless given. */
  readonly keyLimit?: RateLimit;
  /** This process's part of every key's limit: 1/N where N processes serve one port. The whole unless given. */
  readonly share?: number;
}
