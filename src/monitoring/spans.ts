import {
  type Context,
  type Exception,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Caller, Span, Tracing } from '../core/tracing.js';
import { segueVersion } from '../core/version.js';

/** How long the last spans may take to be sent when the process ends, in milliseconds. */
const CLOSE_MS = 3_000;

const KINDS = { server: SpanKind.SERVER, internal: SpanKind.INTERNAL } as const;

const HEADERS = {
  keys: (caller: Caller) => Object.keys(caller),
  get: (caller: Caller, name: string) => caller[name as keyof Caller],
};

/**
 * Spans by OpenTelemetry's SDK, sent in batches by OTLP. Endpoint, headers, sampler, batches and resource are set by the standard OTEL_*
 * variables; the service is called `segue` unless they say otherwise.
 */
export function sendSpans(onFailure: (error: Error) => void): Tracing {
  setGlobalErrorHandler((error) => onFailure(error instanceof Error ? error : new Error(messageOf(error))));
  const named = resourceFromAttributes({ 'service.name': 'segue', 'service.version': segueVersion() });
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(named)
      .merge(detectResources({ detectors: [serviceInstanceIdDetector, envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  const tracer = provider.getTracer('segue', segueVersion());
  const propagator = new W3CTraceContextPropagator();
  const begin = (name: string, kind: SpanKind, parent: Context): Span => {
    const span = tracer.startSpan(name, { kind }, parent);
    const inner = trace.setSpan(parent, span);
    return asSpan(span, (child) => begin(child, SpanKind.INTERNAL, inner));
  };
  return {
    begin: (name, kind, caller) =>
      begin(name, KINDS[kind], propagator.extract(ROOT_CONTEXT, caller, HEADERS)),
    close: async () => {
      const late = AbortSignal.timeout(CLOSE_MS);
      await Promise.race([
        provider.shutdown().catch(onFailure),
        new Promise((resolve) => late.addEventListener('abort', resolve)),
      ]);
    },
  };
}

function asSpan(span: OtelSpan, child: (name: string) => Span): Span {
  const { traceId, spanId } = span.spanContext();
  return {
    traceId,
    spanId,
    child,
    end({ name, attributes, failed } = {}) {
      if (name !== undefined) span.updateName(name);
      if (attributes !== undefined) span.setAttributes(attributes);
      if (failed !== undefined)
        span.setAttribute('error.type', failed).setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

function messageOf(exception: Exception): string {
  return typeof exception === 'string' ? exception : (exception.message ?? 'unknown');
}
