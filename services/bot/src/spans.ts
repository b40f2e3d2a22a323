/**
 * The spans of this service, in one place: what each is called, whose ids it has and what it tells. Never a text, a name
 * or a Telegram id. Names of attributes are OpenTelemetry's own where it has one.
 * Source: https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/
 */
import {
  Failure,
  recordTraceparent,
  type Action,
  type ChatEvent,
  type Correction,
  type Verdict,
} from '@chatwarden/contracts';
import type { FinishedSpan } from '@chatwarden/daemon';
import type { Result } from './enforce/carry-out.ts';

const GROUP_ID = 'chatwarden.group.id';

/** The first span of an event's trace: from its delivery until the bus has it. */
export function receiveSpan(event: ChatEvent): FinishedSpan {
  return {
    name: `receive ${event.kind}`,
    kind: 'consumer',
    traceparent: event.traceparent,
    startedAt: event.receivedAt,
    attributes: { [GROUP_ID]: event.groupId, 'chatwarden.event.kind': event.kind },
  };
}

/** Until every record of the batch was accepted. */
export function sendEventsSpan(event: ChatEvent, startedAt: number, batch: number): FinishedSpan {
  return {
    name: 'send events',
    kind: 'producer',
    parent: event.traceparent,
    startedAt,
    attributes: {
      'messaging.operation.type': 'send',
      'messaging.destination.name': 'events',
      'messaging.batch.message_count': batch,
    },
  };
}

/** From the verdict to the committed decision. */
export function planSpan(verdict: Verdict, startedAt: number, batch: number): FinishedSpan {
  return {
    name: 'plan',
    kind: 'consumer',
    parent: verdict.traceparent,
    startedAt,
    attributes: {
      'messaging.operation.type': 'process',
      'messaging.destination.name': 'verdicts',
      'messaging.batch.message_count': batch,
      'chatwarden.verdict.stage': verdict.stage,
      'chatwarden.verdict.band': verdict.band,
    },
  };
}

/** Has the id that the ActionTaken names, which is made from the ledger row later. */
export function executeSpan({ action, outcome }: Settled, startedAt: number): FinishedSpan {
  const { code } = outcome.result === 'failed' ? outcome : { code: undefined };
  return {
    name: `execute ${action.kind}`,
    kind: 'client',
    parent: action.traceparent,
    traceparent: recordTraceparent(action.traceparent, action.id),
    startedAt,
    attributes: {
      [GROUP_ID]: action.groupId,
      'chatwarden.action.kind': action.kind,
      'chatwarden.action.result': outcome.result,
    },
    ...(code === undefined ? {} : { error: new Failure(code, 'never', { message: code }) }),
  };
}

/** A person's word becomes a verdict; from the press or the command until it was told. */
export function correctSpan(verdict: Verdict, correction: Correction): FinishedSpan {
  return {
    name: 'correct',
    parent: correction.traceparent,
    traceparent: verdict.traceparent,
    startedAt: correction.at,
    attributes: { 'chatwarden.correction.source': correction.source, 'chatwarden.verdict.band': verdict.band },
  };
}

export type Settled = Extract<Result, { outcome: unknown }>;

/** Those of which there will be an ActionTaken, with the trace that they belong to. */
export function settledOf(results: readonly Result[]): (Settled & Pick<Action, 'traceparent'>)[] {
  return results.flatMap((result) =>
    'outcome' in result ? [{ ...result, traceparent: result.action.traceparent }] : [],
  );
}
