import { Type, type Static } from 'typebox';
import type { TracingOptions } from './tracing-options.ts';

/** Settings of tracing, for the schema of a process. */
export const TracingConfig = Type.Object({
  TRACE_URL: Type.Optional(
    Type.String({
      description: 'where spans go by OTLP/HTTP: ingestd or an OpenTelemetry collector; without it nothing is traced',
    }),
  ),
  TRACE_KEY: Type.Optional(Type.String({ description: 'API key to send them with', secret: true })),
  TRACE_RATIO: Type.Number({
    minimum: 0,
    maximum: 1,
    default: 0.01,
    description: 'share of events that are traced, the same ones in every process with the same share',
  }),
});
export type TracingConfig = Static<typeof TracingConfig>;

export function tracingSettings({
  TRACE_URL: endpoint,
  TRACE_KEY: key,
  TRACE_RATIO: ratio,
}: TracingConfig): Pick<TracingOptions, 'endpoint' | 'headers' | 'ratio'> {
  return {
    ratio,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }),
  };
}
