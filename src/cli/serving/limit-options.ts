import { type Command, Option } from 'commander';
import { CONNECTION_LIMITS, type ConnectionLimits } from '../../service/connection-limits.js';
import { duration, integer } from '../parse.js';

/** What a connection may take, as given on the command line; times in milliseconds. */
export interface LimitFlags {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly idleTimeout: number;
  readonly stallTimeout: number;
  readonly answerTimeout: number;
  readonly maxConnections: number;
}

/** Adds them to a command that serves. */
export function withLimitOptions(command: Command): Command {
  const { headersMs, requestMs, idleMs, stallMs, answerMs, connections } = CONNECTION_LIMITS;
  return command
    .addOption(time('--headers-timeout', 'for headers to arrive', headersMs).env('SEGUE_HEADERS_TIMEOUT'))
    .addOption(time('--request-timeout', 'for a whole request', requestMs).env('SEGUE_REQUEST_TIMEOUT'))
    .addOption(time('--idle-timeout', 'between two requests', idleMs).env('SEGUE_IDLE_TIMEOUT'))
    .addOption(time('--stall-timeout', 'of a request without a byte', stallMs).env('SEGUE_STALL_TIMEOUT'))
    .addOption(
      time('--answer-timeout', 'for a reader to take its answer', answerMs).env('SEGUE_ANSWER_TIMEOUT'),
    )
    .addOption(
      new Option('--max-connections <number>', 'connections at once')
        .env('SEGUE_MAX_CONNECTIONS')
        .argParser(integer(1))
        .default(connections),
    );
}

/** What the server is told of them. */
export function limitsOf(flags: LimitFlags): Partial<ConnectionLimits> {
  return {
    headersMs: flags.headersTimeout,
    requestMs: flags.requestTimeout,
    idleMs: flags.idleTimeout,
    stallMs: flags.stallTimeout,
    answerMs: flags.answerTimeout,
    connections: flags.maxConnections,
  };
}

function time(flag: string, words: string, ms: number): Option {
  return new Option(`${flag} <time>`, words).argParser(duration).default(ms, `${ms / 1000}s`);
}
