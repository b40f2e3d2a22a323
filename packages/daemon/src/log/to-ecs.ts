/**
 * From what was logged to one ECS document (nested form). Fields that ECS knows keep their place; every other field is
 * a label, and labels are strings: so an index never grows fields of its own, and never sees one name with two types.
 * Of an error only its type, code, message and stack are kept: the rest may quote what people wrote.
 */
import { ECS_VERSION, type Service } from '@chatwarden/contracts';

/** A line as pino writes it: bindings and fields side by side. */
export interface LoggedLine {
  level: string;
  /** Epoch milliseconds. */
  time: number;
  msg?: string;
  /** Part of the process that speaks, such as `poll`. */
  logger?: string;
  err?: unknown;
  labels?: Readonly<Record<string, unknown>>;
  [field: string]: unknown;
}

export interface EcsDocument {
  '@timestamp': string;
  log: { level: string; logger: string };
  message: string;
  ecs: { version: string };
  service: Service;
  error?: EcsError;
  labels?: Record<string, string>;
  [field: string]: unknown;
}

export interface EcsError {
  type?: string;
  code?: string;
  message: string;
  stack_trace?: string;
}

/** ECS field sets that callers may fill themselves. */
const FIELD_SETS = new Set(['event', 'trace', 'span', 'transaction', 'http', 'url', 'client', 'server', 'chatwarden']);

export function toEcs(line: LoggedLine, service: Service): EcsDocument {
  const { level, time, msg, logger, err, labels: given, ...fields } = line;
  const known: Record<string, unknown> = {};
  const labels = toLabels({ ...given });
  for (const [name, value] of Object.entries(fields)) {
    if (FIELD_SETS.has(name) && typeof value === 'object') known[name] = value;
    else Object.assign(labels, toLabels({ [name]: value }));
  }
  const error = err === undefined ? undefined : toEcsError(err);
  return {
    '@timestamp': new Date(time).toISOString(),
    log: { level, logger: logger ?? service.name },
    message: msg ?? error?.message ?? '',
    ecs: { version: ECS_VERSION },
    service,
    ...known,
    event: { kind: 'event', dataset: `${service.name}.log`, ...(known['event'] as object | undefined) },
    ...(error ? { error } : {}),
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
  };
}

function toLabels(fields: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

function toEcsError(err: unknown): EcsError {
  if (typeof err !== 'object' || err === null) return { message: String(err) };
  const { type, code, message, stack } = err as Record<string, unknown>;
  return {
    ...(typeof type === 'string' ? { type } : {}),
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}),
    message: typeof message === 'string' ? message : '',
    ...(typeof stack === 'string' ? { stack_trace: stack } : {}),
  };
}
