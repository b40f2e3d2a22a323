/** Verdicts and actions as ECS documents. Pure. `message` is for people: reasons and numbers, never the chat's text. */
import {
  DATASETS,
  ECS_VERSION,
  hashId,
  traceOf,
  type ActionTaken,
  type LogEvent,
  type Millis,
  type Moderation,
  type Service,
  type Verdict,
} from '@chatwarden/contracts';

export interface Source {
  service: Service;
  /** Such as {demo: "true"}. */
  labels: Record<string, string>;
}

const rfc3339 = (at: Millis): string => new Date(at).toISOString();

/** `weight`: how many allowed verdicts this one stands for. */
export function verdictToLogEvent(verdict: Verdict, weight: number, { service, labels }: Source): LogEvent {
  const { traceId, spanId } = traceOf(verdict.traceparent);
  const [messageId] = verdict.targets.messageIds.slice(-1);
  const chatwarden: Moderation = {
    groupId: verdict.groupId,
    sender: verdict.sender.key,
    ...(messageId === undefined ? {} : { messageId }),
    eventId: verdict.eventId,
    verdictId: verdict.id,
    stage: verdict.stage,
    band: verdict.band,
    score: verdict.score,
    checks: verdict.checks,
    reasons: verdict.reasons,
    latencyMs: verdict.judgedAt - verdict.receivedAt,
    weight,
  };
  return {
    '@timestamp': rfc3339(verdict.occurredAt),
    ecs: { version: ECS_VERSION },
    message: `${verdict.band}: ${verdict.reasons.slice(0, 3).join('; ')}`,
    event: {
      id: verdict.id,
      kind: verdict.band === 'allow' ? 'event' : 'alert',
      category: [],
      type: [verdict.band === 'allow' ? 'allowed' : 'denied'],
      action: 'verdict',
      dataset: DATASETS.verdict,
      provider: 'chatwarden',
      created: rfc3339(verdict.judgedAt),
    },
    service,
    log: { level: 'info', logger: 'alertd.journal' },
    trace: { id: traceId },
    span: { id: spanId },
    labels,
    chatwarden,
  };
}

export function actionToLogEvent(taken: ActionTaken, { service, labels }: Source): LogEvent {
  const { traceId, spanId } = traceOf(taken.traceparent);
  const { outcome } = taken;
  const chatwarden: Moderation = {
    groupId: taken.groupId,
    ...taken.target,
    cause: taken.cause,
    actionKind: taken.actionKind,
    latencyMs: taken.takenAt - taken.receivedAt,
    weight: 1,
  };
  return {
    '@timestamp': rfc3339(taken.takenAt),
    ecs: { version: ECS_VERSION },
    message:
      outcome.result === 'done' ? `${taken.actionKind} done` : `${taken.actionKind} ${outcome.result}: ${outcome.text}`,
    event: {
      // The action's own id names the ledger row; the document is about what became of it.
      id: hashId('taken', taken.actionId),
      kind: 'event',
      category: [],
      type: ['change'],
      action: taken.actionKind,
      dataset: DATASETS.action,
      provider: 'chatwarden',
      created: rfc3339(taken.takenAt),
      outcome: outcome.result === 'failed' ? 'failure' : 'success',
      ...(outcome.result === 'done' ? {} : { reason: `${outcome.code}: ${outcome.text}` }),
    },
    service,
    log: { level: outcome.result === 'failed' ? 'warn' : 'info', logger: 'bot.enforce' },
    trace: { id: traceId },
    span: { id: spanId },
    labels,
    chatwarden,
  };
}
