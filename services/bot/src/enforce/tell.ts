/**
 * Tells what was done. The ledger row is the outbox: rows with an outcome and no `told_at` are published and then
 * marked, so a crash in between tells twice under one id, and never not at all. Corrections are told the same way.
 */
import {
  messageOf,
  moderatorVerdictId,
  recordTraceparent,
  type ActionTaken,
  type Clock,
  type Correction,
  type Verdict,
} from '@chatwarden/contracts';
import type { Bus } from '@chatwarden/bus';
import type { Logger, Tracer } from '@chatwarden/daemon';
import type { Corrections, Ledger, Told } from '@chatwarden/store';
import { correctSpan } from '../spans.ts';

export interface TellDeps {
  ledger: Pick<Ledger, 'untold' | 'markTold'>;
  corrections: Pick<Corrections, 'untoldCorrections' | 'markCorrectionsTold'>;
  bus: Bus;
  clock: Clock;
  log: Logger;
  revision: () => number;
  tracer: Tracer;
}

export interface Teller {
  wake(): void;
  run(signal: AbortSignal): Promise<void>;
}

const BATCH_MAX = 200;
const IDLE_MS = 1000;

export function createTeller(deps: TellDeps): Teller {
  let woken = false;
  let alarm = new AbortController();

  function wake(): void {
    woken = true;
    alarm.abort();
  }

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      woken = false;
      alarm = new AbortController();
      let full = false;
      try {
        full = await tellOnce(deps);
      } catch (error) {
        deps.log.warn({ err: error }, `outcomes wait to be told: ${messageOf(error)}`);
        await deps.clock.sleep(IDLE_MS, signal);
      }
      if (!woken && !full) await deps.clock.sleep(IDLE_MS, AbortSignal.any([signal, alarm.signal]));
    }
  }

  return { wake, run };
}

/** True when there may be more. */
export async function tellOnce({ ledger, corrections, bus, revision, tracer }: TellDeps): Promise<boolean> {
  const told = await ledger.untold(BATCH_MAX);
  if (told.length > 0) {
    await bus.publish(
      'actions',
      told.map((row) => toActionTaken(row, revision())),
    );
    await ledger.markTold(told.map((row) => row.action.id));
  }
  const corrected = await corrections.untoldCorrections(BATCH_MAX);
  if (corrected.length > 0) {
    await bus.publish('verdicts', corrected.map(toModeratorVerdict));
    tracer.recordEach(corrected, (correction) => correctSpan(toModeratorVerdict(correction), correction));
    await corrections.markCorrectionsTold(corrected.map((correction) => correction.id));
  }
  return told.length === BATCH_MAX || corrected.length === BATCH_MAX;
}

export function toActionTaken({ action, outcome, tries, takenAt }: Told, revision: number): ActionTaken {
  return {
    schema: 'action-taken/1',
    kind: 'ActionTaken',
    id: action.id,
    groupId: action.groupId,
    botId: action.botId,
    chatId: action.chatId,
    occurredAt: takenAt,
    receivedAt: action.receivedAt,
    traceparent: recordTraceparent(action.traceparent, action.id),
    revision,
    actionId: action.id,
    actionKind: action.kind,
    cause: action.cause,
    target: {
      ...('messageId' in action.target ? { messageId: action.target.messageId } : {}),
      ...('key' in action.target ? { sender: action.target.key } : {}),
    },
    ...('until' in action && action.until !== undefined ? { until: action.until } : {}),
    outcome,
    tries,
    takenAt,
  };
}

/** A person's word in the form that every other verdict has. */
export function toModeratorVerdict(correction: Correction): Verdict {
  const spam = correction.label === 'spam';
  const reason = `a moderator said ${spam ? 'spam' : 'not spam'} by ${correction.source}`;
  const id = moderatorVerdictId(correction.eventId, correction.id);
  return {
    schema: 'verdict/1',
    kind: 'Verdict',
    id,
    groupId: correction.groupId,
    botId: correction.botId,
    chatId: correction.chatId,
    occurredAt: correction.at,
    receivedAt: correction.at,
    traceparent: recordTraceparent(correction.traceparent, id),
    revision: correction.revision,
    eventId: correction.eventId,
    eventKind: 'Correction',
    stage: 'moderator',
    ...(correction.supersedes === undefined ? {} : { supersedes: correction.supersedes }),
    band: spam ? 'act' : 'allow',
    score: spam ? 1 : 0,
    checks: [{ name: 'moderator', fired: true, weight: 0, reason }],
    reasons: [reason],
    detector: { version: 'person', model: 'person' },
    priorOffences: 0,
    sender: { key: correction.senderKey, as: correction.senderAs, role: 'unknown' },
    targets: { messageIds: [correction.messageId] },
    judgedAt: correction.at,
  };
}
