/** Valid documents for tests of whatever writes or reads a LogStore. */
import { DATASETS, ECS_VERSION, hashId, type LogDocument, type LogEvent, type Moderation } from '@chatwarden/contracts';

/** 2026-11-24T12:00:00Z */
const NOON = Date.UTC(2026, 10, 24, 12);

export interface LogEventParts {
  /** Epoch ms of @timestamp. */
  at?: number;
  /** Anything; the document's id is made of it. Absent: of the whole document. */
  id?: string;
  message?: string;
  event?: Partial<LogEvent['event']>;
  chatwarden?: Partial<Moderation>;
}

/** The verdict on one message of the group `g0123456789abcdef`, at noon of 2026-11-24. */
export function aVerdictEvent(parts: LogEventParts = {}): LogEvent {
  return aLogEvent(parts, {
    message: 'act on a message: 1 link to casino.example',
    event: { action: 'verdict', dataset: DATASETS.verdict },
    chatwarden: {
      eventId: 'e'.repeat(32),
      stage: 'detect',
      band: 'act',
      score: 0.98,
      checks: [{ name: 'links', fired: true, weight: 2.5, reason: '1 link to casino.example' }],
      reasons: ['1 link to casino.example'],
    },
  });
}

/** The deletion of the same message. */
export function anActionEvent(parts: LogEventParts = {}): LogEvent {
  return aLogEvent(parts, {
    message: 'deleteMessage: done',
    event: { action: 'deleteMessage', dataset: DATASETS.action, outcome: 'success' },
    chatwarden: { actionKind: 'deleteMessage', cause: 'c'.repeat(32), latencyMs: 42 },
  });
}

export interface ServiceEventParts {
  at?: number;
  id: string;
  log?: NonNullable<LogDocument['log']>;
  /** A field that no index knows. */
  custom?: unknown;
}

/** A line of ingestd's own log, with no more than a document must have. */
export function aServiceEvent({ at = NOON, id, ...rest }: ServiceEventParts): LogDocument {
  return {
    '@timestamp': new Date(at).toISOString(),
    message: 'listening on 127.0.0.1',
    service: { name: 'ingestd' },
    event: { id },
    ...rest,
  };
}

interface Defaults {
  message: string;
  event: Partial<LogEvent['event']>;
  chatwarden: Partial<Moderation>;
}

function aLogEvent(parts: LogEventParts, defaults: Defaults): LogEvent {
  const at = parts.at ?? NOON;
  const chatwarden: Moderation = {
    groupId: 'g0123456789abcdef',
    sender: 'a'.repeat(32),
    messageId: 1,
    mode: 'enforce',
    weight: 1,
    ...defaults.chatwarden,
    ...parts.chatwarden,
  };
  const message = parts.message ?? defaults.message;
  const dataset = defaults.event.dataset ?? '';
  const event: LogEvent['event'] = {
    id: hashId('document', parts.id ?? JSON.stringify([at, message, dataset, chatwarden])),
    kind: 'event',
    category: ['process'],
    type: ['info'],
    action: 'verdict',
    dataset,
    provider: 'chatwarden',
    created: new Date(at + 5).toISOString(),
    ...defaults.event,
    ...parts.event,
  };
  return {
    '@timestamp': new Date(at).toISOString(),
    ecs: { version: ECS_VERSION },
    message,
    event,
    service: { name: 'alertd', version: '0.0.0', environment: 'test', node: { name: 'test' } },
    log: { level: 'info', logger: 'test' },
    labels: {},
    chatwarden,
  };
}
