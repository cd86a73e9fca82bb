import pino, { type DestinationStream, type Logger } from 'pino';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogOptions {
  readonly level?: LogLevel;
  /** Standard error unless given. */
  readonly destination?: DestinationStream;
}

/** The service's log, one JSON object per line. Nothing logs keys or feature values; the redaction is the second lock. */
export function createLogger({ level = 'info', destination = pino.destination(2) }: LogOptions = {}): Logger {
  const secrets = ['body', 'headers', '*.body', '*.headers', '*["x-api-key"]'];
  const base = { service: 'segue' };
  const redact = { paths: secrets, censor: '…' };
  return pino({ level, base, redact, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
