import { choice, text, yesNo } from './kind.js';
import type { Group } from './setting.js';

const protocol = choice(['http/json']);
const endpoint = text('an http or https URL');

/** Traces, by the variables that OpenTelemetry specifies. */
export const TRACING = {
  title: 'Traces (OpenTelemetry)',
  commands: '`run`, `task`, `serve`, `up`, `demo`',
  note: "OpenTelemetry's other standard variables hold too, in the environment only.",
  settings: {
    otelExporterOtlpEndpoint: {
      kind: endpoint,
      what: 'where traces go, such as http://127.0.0.1:4318',
      variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
      unless: 'no traces',
    },
    otelExporterOtlpTracesEndpoint: {
      kind: endpoint,
      what: 'the same with its path, such as http://127.0.0.1:4318/v1/traces; comes first',
      variable: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
      unless: 'the one above',
    },
    otelExporterOtlpProtocol: {
      kind: protocol,
      what: 'how they are sent',
      variable: 'OTEL_EXPORTER_OTLP_PROTOCOL',
      fallback: 'http/json',
    },
    otelExporterOtlpTracesProtocol: {
      kind: protocol,
      what: 'the same; comes first',
      variable: 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
      fallback: 'http/json',
    },
    otelTracesExporter: {
      kind: choice(['otlp', 'none']),
      what: 'none: no traces, whatever else is set',
      variable: 'OTEL_TRACES_EXPORTER',
      fallback: 'otlp',
    },
    otelSdkDisabled: {
      kind: yesNo,
      what: 'true: no traces, whatever else is set',
      variable: 'OTEL_SDK_DISABLED',
      fallback: 'false',
    },
  },
} as const satisfies Group;
