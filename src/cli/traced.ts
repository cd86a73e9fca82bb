import { toSegueError } from '../core/errors.js';
import type { Span } from '../core/tracing.js';
import { openTracing } from '../monitoring/tracing.js';
import type { Io } from './output.js';

/**
 * Does work under a span of its own where traces are collected; the variables TRACEPARENT and TRACESTATE may name the trace that it is
 * part of, as an outer orchestrator's.
 */
export async function traced<Result>(
  name: string,
  io: Io,
  work: (span: Span | undefined) => Promise<Result>,
): Promise<Result> {
  const failures: Error[] = [];
  const tracing = await openTracing(process.env, (error) => void failures.push(error));
  if (tracing === undefined) return work(undefined);
  const { TRACEPARENT: traceparent, TRACESTATE: tracestate } = process.env;
  const span = tracing.begin(name, 'internal', { traceparent, tracestate });
  try {
    const result = await work(span);
    span.end();
    return result;
  } catch (error) {
    span.end({ failed: toSegueError(error).code });
    throw error;
  } finally {
    await tracing.close();
    const [first] = failures;
    if (first !== undefined) io.stderr.write(`warning: traces could not be delivered: ${first.message}\n`);
  }
}
