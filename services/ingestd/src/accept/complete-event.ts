/**
 * An ECS document of another service as a LogEvent: what it does not say is filled with neutral values, since a
 * LogStore's readers may count on every field. What it says stays, besides an id that is no id of ours: that one goes
 * to labels. Pure.
 */
import { ECS_VERSION, LogLevel, type LogEvent } from '@chatwarden/contracts';
import type { EcsDocument } from './ecs-document.ts';

const LEVELS: ReadonlySet<string> = new Set(LogLevel.enum);
/** Names that other loggers give to our levels. */
const SAME_LEVEL: Readonly<Record<string, LogLevel>> = {
  warning: 'warn',
  err: 'error',
  critical: 'fatal',
  notice: 'info',
  information: 'info',
  verbose: 'trace',
};

/** `document` has passed as an EcsDocument. */
export function completeEvent(id: string, document: object): LogEvent {
  const { event = {}, service, log = {}, labels = {}, ...rest } = document as EcsDocument;
  return {
    ...rest,
    ecs: { version: rest.ecs?.version ?? ECS_VERSION },
    message: rest.message ?? '',
    event: {
      ...event,
      id,
      kind: event.kind ?? 'event',
      category: listOf(event.category),
      type: listOf(event.type),
      action: event.action ?? '',
      dataset: event.dataset ?? service.name,
      provider: event.provider ?? service.name,
      created: event.created ?? rest['@timestamp'],
    },
    service: {
      ...service,
      version: service.version ?? '',
      environment: service.environment ?? '',
      node: { name: service.node?.name ?? '' },
    },
    log: { ...log, level: levelOf(log.level), logger: log.logger ?? '' },
    labels: { ...textOf(labels), ...(event.id === undefined || event.id === id ? {} : { 'event.id': event.id }) },
  } as LogEvent;
}

function listOf(value: string | string[] | undefined): string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

function levelOf(level = 'info'): LogLevel {
  const name = level.toLowerCase();
  return LEVELS.has(name) ? (name as LogLevel) : (SAME_LEVEL[name] ?? 'info');
}

function textOf(labels: Readonly<Record<string, string | number | boolean>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)]));
}
