/**
 * One ECS document (Elastic Common Schema 9.4, https://www.elastic.co/docs/reference/ecs), nested form only.
 * `@timestamp` is the immutable source time; `event.created` is when we judged or acted.
 */
import { Type, type Static } from 'typebox';
import { ActionKind } from './action.ts';
import { Mode } from './decision.ts';
import { GroupId, Id, Pseudonym } from './ids.ts';
import { Band, CheckResult, Stage } from './verdict.ts';

/** Full days for which documents, spans, evidence and details are kept, everywhere. */
export const KEEP_DAYS = 7;

export const ECS_VERSION = '9.4.0';

const Time = Type.String({ description: 'RFC 3339, UTC' });

/** The service name becomes part of an index name. */
export const Service = Type.Object({
  name: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }),
  version: Type.String(),
  environment: Type.String(),
  node: Type.Object({ name: Type.String() }),
});
export type Service = Static<typeof Service>;

export const LogLevel = Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']);
export type LogLevel = Static<typeof LogLevel>;

export const LogMeta = Type.Object({
  level: LogLevel,
  logger: Type.String(),
  dataset: Type.String(),
  labels: Type.Record(Type.String(), Type.String()),
});
export type LogMeta = Static<typeof LogMeta>;

/** Our own fields. No text of a message, no Telegram user id. */
export const Moderation = Type.Object({
  groupId: GroupId,
  sender: Type.Optional(Pseudonym),
  messageId: Type.Optional(Type.Integer()),
  eventId: Type.Optional(Id),
  verdictId: Type.Optional(Id),
  stage: Type.Optional(Stage),
  band: Type.Optional(Band),
  mode: Type.Optional(Mode),
  score: Type.Optional(Type.Number()),
  checks: Type.Optional(Type.Array(CheckResult)),
  reasons: Type.Optional(Type.Array(Type.String())),
  actionKind: Type.Optional(ActionKind),
  cause: Type.Optional(Id),
  /** From Telegram's delivery to the verdict or the effect, in ms. */
  latencyMs: Type.Optional(Type.Number()),
  /** How many events this document stands for; above 1 for sampled allowed verdicts. */
  weight: Type.Optional(Type.Number()),
});
export type Moderation = Static<typeof Moderation>;

export const LogEvent = Type.Object({
  '@timestamp': Time,
  ecs: Type.Object({ version: Type.String() }),
  message: Type.String(),
  event: Type.Object({
    id: Id,
    kind: Type.Enum(['event', 'alert', 'metric', 'state']),
    category: Type.Array(Type.String()),
    type: Type.Array(Type.String()),
    action: Type.String(),
    dataset: Type.String(),
    provider: Type.String(),
    created: Time,
    outcome: Type.Optional(Type.Enum(['success', 'failure', 'unknown'])),
    reason: Type.Optional(Type.String()),
  }),
  service: Service,
  log: Type.Object({ level: LogLevel, logger: Type.String() }),
  trace: Type.Optional(Type.Object({ id: Type.String() })),
  span: Type.Optional(Type.Object({ id: Type.String() })),
  labels: Type.Record(Type.String(), Type.String()),
  chatwarden: Type.Optional(Moderation),
});
export type LogEvent = Static<typeof LogEvent>;

const Name = Type.Optional(Type.String());
const Names = Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())]));

/**
 * What a log store takes: a LogEvent, or a document of any service that has a time, an id and the service's name. The
 * fields that are indexed must have these types; any others are kept as they are, and not searched.
 */
export const LogDocument = Type.Object({
  '@timestamp': Time,
  service: Type.Object({
    name: Service.properties.name,
    version: Name,
    environment: Name,
    node: Type.Optional(Type.Object({ name: Name })),
  }),
  event: Type.Object({
    id: Type.String({ minLength: 1, maxLength: 512, description: 'unique within a service and a day' }),
    kind: Name,
    category: Names,
    type: Names,
    action: Name,
    dataset: Type.Optional(Type.String({ pattern: '^[\\w.-]{1,128}$' })),
    provider: Name,
    created: Name,
    outcome: Name,
    reason: Name,
  }),
  message: Name,
  ecs: Type.Optional(Type.Object({ version: Name })),
  log: Type.Optional(Type.Object({ level: Name, logger: Name })),
  trace: Type.Optional(Type.Object({ id: Name })),
  span: Type.Optional(Type.Object({ id: Name })),
  host: Type.Optional(Type.Object({ name: Name })),
  error: Type.Optional(Type.Object({ type: Name, message: Name })),
  tags: Names,
  /** An index cannot hold a label of 32 kB, and would refuse the document for it. */
  labels: Type.Optional(
    Type.Record(Type.String(), Type.Union([Type.String({ maxLength: 4096 }), Type.Number(), Type.Boolean()])),
  ),
  chatwarden: Type.Optional(Moderation),
});
export type LogDocument = Static<typeof LogDocument>;

export const DATASETS = { verdict: 'chatwarden.verdict', action: 'chatwarden.action' } as const;
