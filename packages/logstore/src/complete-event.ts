/**
 * A document of any service as its readers want it: what it does not say is filled with neutral values, so that they may
 * count on every field. What it says stays. Pure.
 */
import { ECS_VERSION, type LogDocument, type LogEvent } from '@chatwarden/contracts';
import { levelOf } from './level.ts';

export function completeEvent(document: LogDocument): LogEvent {
  if (document.chatwarden) return document as LogEvent;
  const { event, service, log = {}, labels = {} } = document;
  return {
    ...document,
    ecs: { version: document.ecs?.version ?? ECS_VERSION },
    message: document.message ?? '',
    event: {
      ...event,
      kind: event.kind ?? 'event',
      category: listOf(event.category),
      type: listOf(event.type),
      action: event.action ?? '',
      dataset: event.dataset ?? '',
      provider: event.provider ?? '',
      created: event.created ?? document['@timestamp'],
    },
    service: {
      ...service,
      version: service.version ?? '',
      environment: service.environment ?? '',
      node: { name: service.node?.name ?? '' },
    },
    log: { ...log, level: levelOf(log.level), logger: log.logger ?? '' },
    labels: Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)])),
  } as LogEvent;
}

function listOf(value: string | string[] | undefined): string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
