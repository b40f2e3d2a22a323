/** pino in ECS fields, nested form. Everything passes the redaction; errors keep type, message and stack. */
import { ECS_VERSION, traceOf, type LogLevel, type Service } from '@chatwarden/contracts';
import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { prettyStream } from './pretty.ts';
import { redact, redactText } from './redact.ts';

export type { Logger };

export interface LoggerOptions {
  service: Service;
  level: LogLevel;
  format: 'pretty' | 'json';
  /** Standard output by default. */
  destination?: { write(line: string): unknown };
}

export function createLogger({ service, level, format, destination = process.stdout }: LoggerOptions): Logger {
  const stream: DestinationStream =
    format === 'pretty' ? prettyStream(destination) : { write: (line) => destination.write(line) };
  return pino(
    {
      level,
      base: { ecs: { version: ECS_VERSION }, service },
      messageKey: 'message',
      timestamp: () => stdTimeFunctions.isoTime().replace('"time"', '"@timestamp"'),
      formatters: {
        level: (label) => ({ log: { level: label } }),
        log: (fields) => toEcs(fields),
      },
      hooks: {
        logMethod(args, method) {
          method.apply(this, args.map((arg) => (typeof arg === 'string' ? redactText(arg) : arg)) as typeof args);
        },
      },
      serializers: { err: (error: unknown) => error },
    },
    stream,
  );
}

function toEcs(fields: Record<string, unknown>): Record<string, unknown> {
  const { err, ...rest } = fields;
  const clean = redact(rest) as Record<string, unknown>;
  return err === undefined ? clean : { ...clean, error: toError(err) };
}

function toError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: redactText(String(error)) };
  const code = (error as { code?: unknown }).code;
  const cause = error.cause;
  return {
    type: error.name,
    message: redactText(error.message),
    stack_trace: redactText(error.stack ?? ''),
    ...(code === undefined ? {} : { code: String(code) }),
    ...(cause === undefined ? {} : { cause: toError(cause).message }),
  };
}

/** A logger whose lines belong to the trace of a record. */
export function withTrace(log: Logger, traceparent: string): Logger {
  const { traceId, spanId } = traceOf(traceparent);
  return log.child({ trace: { id: traceId }, span: { id: spanId } });
}
