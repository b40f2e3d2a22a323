/**
 * The spans of this service, in one place: what each is called, whose ids it has and what it tells. Never a text, a name
 * or a Telegram id. Names of attributes are OpenTelemetry's own where it has one.
 * Source: https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/
 */
import { rootTraceparent, type ActionTaken, type Verdict } from '@chatwarden/contracts';
import type { FinishedSpan } from '@chatwarden/daemon';

/** A batch that was worked on: its spans began together. */
export interface Batch {
  startedAt: number;
  size: number;
}

/** Has the ids that the verdict names; from the batch of events until its evidence is kept. */
export function judgeSpan(verdict: Verdict, { startedAt, size }: Batch): FinishedSpan {
  return {
    name: 'judge',
    kind: 'consumer',
    parent: rootTraceparent(verdict.eventId),
    traceparent: verdict.traceparent,
    startedAt,
    attributes: {
      'messaging.operation.type': 'process',
      'messaging.destination.name': 'events',
      'messaging.batch.message_count': size,
      'chatwarden.group.id': verdict.groupId,
      'chatwarden.verdict.stage': verdict.stage,
      'chatwarden.verdict.band': verdict.band,
    },
  };
}

/** Until every verdict of the batch was accepted by the bus. */
export function sendVerdictsSpan(verdict: Verdict, { startedAt, size }: Batch): FinishedSpan {
  return {
    name: 'send verdicts',
    kind: 'producer',
    parent: verdict.traceparent,
    startedAt,
    attributes: {
      'messaging.operation.type': 'send',
      'messaging.destination.name': 'verdicts',
      'messaging.batch.message_count': size,
    },
  };
}

/** Until the journal's door has the document. */
export function journalSpan({ traceparent, kind }: Verdict | ActionTaken, { startedAt, size }: Batch): FinishedSpan {
  return {
    name: 'journal',
    kind: 'consumer',
    parent: traceparent,
    startedAt,
    attributes: {
      'messaging.operation.type': 'process',
      'messaging.destination.name': kind === 'Verdict' ? 'verdicts' : 'actions',
      'messaging.batch.message_count': size,
    },
  };
}

/** Has the ids that the verdict names, which follows from the model's answer. */
export function escalateSpan(verdict: Verdict, asked: Verdict, startedAt: number): FinishedSpan {
  return {
    name: 'escalate',
    parent: asked.traceparent,
    traceparent: verdict.traceparent,
    startedAt,
    attributes: { 'chatwarden.verdict.stage': verdict.stage, 'chatwarden.verdict.band': verdict.band },
  };
}
