import { SegueError } from '../core/errors.js';
import type { Tracing } from '../core/tracing.js';

/** Where standard variables say that traces go. */
const ENDPOINTS = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'];

const PROTOCOLS = ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL'];

/**
 * Traces by OpenTelemetry where its standard variables name an endpoint; without one its code isn't even loaded.
 *
 * @param onFailure told when spans could not be delivered
 * @throws SegueError SEGUE_USAGE for an endpoint that is no URL, or another protocol
 */
export async function openTracing(
  env: NodeJS.ProcessEnv,
  onFailure: (error: Error) => void,
): Promise<Tracing | undefined> {
  if (env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true' || env['OTEL_TRACES_EXPORTER'] === 'none')
    return undefined;
  const endpoint = firstSet(env, ENDPOINTS);
  if (endpoint === undefined) return undefined;
  if (!URL.canParse(endpoint.value))
    throw new SegueError('SEGUE_USAGE', {
      what: `${endpoint.name} is not a URL`,
      value: endpoint.value,
      mend: 'Give the address of a collector, such as http://127.0.0.1:4318.',
    });
  const protocol = firstSet(env, PROTOCOLS);
  if (protocol !== undefined && protocol.value !== 'http/json')
    throw new SegueError('SEGUE_USAGE', {
      what: 'Traces are sent by OTLP as JSON only',
      value: protocol.value,
      limit: 'http/json',
      mend: `Leave ${protocol.name} out: every collector that takes OTLP by HTTP takes JSON, on port 4318.`,
    });
  const { sendSpans } = await import('./spans.js');
  return sendSpans(onFailure);
}

function firstSet(
  env: NodeJS.ProcessEnv,
  names: readonly string[],
): { readonly name: string; readonly value: string } | undefined {
  for (const name of names) {
    const value = env[name];
    if (value !== undefined && value !== '') return { name, value };
  }
  return undefined;
}
