/**
 * Logging through pino. Every line passes one place on its way out (pino's streamWrite), where it is redacted and
 * becomes an ECS document or a line for people: so nothing that was put in by a child, a serializer or a library
 * can miss it.
 */
import { traceOf, type LogLevel, type Service } from '@chatwarden/contracts';
import { destination as toFile, pino, type DestinationStream, type Logger } from 'pino';
import { redact } from './redact.ts';
import { toEcs, type LoggedLine } from './to-ecs.ts';
import { toPrettyLine } from './to-pretty-line.ts';

export type { Logger } from 'pino';

export interface LoggerOptions {
  service: Service;
  /** Least level that is written. */
  level: LogLevel | 'silent';
  /** `json`, the default, is one ECS document a line; `pretty` is for a terminal. */
  format?: 'json' | 'pretty';
  /** Standard output when absent. */
  destination?: DestinationStream & { isTTY?: boolean };
}

export function createLogger({ service, level, format = 'json', destination }: LoggerOptions): Logger {
  const colours = destination ? destination.isTTY === true : process.stdout.isTTY;
  const render = (line: string): string => {
    const document = toEcs(redact(JSON.parse(line)) as LoggedLine, service);
    return format === 'pretty' ? toPrettyLine(document, { colours }) : `${JSON.stringify(document)}\n`;
  };
  return pino(
    {
      level,
      base: null,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: render },
    },
    // Synchronous, so that the last words of a dying process are not lost.
    destination ?? toFile({ fd: 1, sync: true }),
  );
}

/** Says nothing; for whoever must pass a logger and wants none. */
export function silentLogger(): Logger {
  return pino({ level: 'silent' });
}

/** Lines of this logger name the trace and span that they belong to. */
export function withTrace(log: Logger, traceparent: string): Logger {
  const { traceId, spanId } = traceOf(traceparent);
  return log.child({ trace: { id: traceId }, span: { id: spanId } });
}
