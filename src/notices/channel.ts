import type { Notice } from './notice.js';

/** A way to tell people. */
export interface Channel {
  readonly name: 'mail' | 'slack';
  /**
   * Tells one notice.
   *
   * @throws Undelivered
   */
  send(notice: Notice): Promise<void>;
}

/** A notice did not arrive. Its message holds no secret. */
export class Undelivered extends Error {
  /** Whether another attempt may succeed. */
  readonly mayPass: boolean;
  /** Least wait before it, in milliseconds; undefined where the other side didn't say. */
  readonly afterMs: number | undefined;

  constructor(message: string, mayPass: boolean, afterMs?: number) {
    super(message);
    this.name = 'Undelivered';
    this.mayPass = mayPass;
    this.afterMs = afterMs;
  }
}
