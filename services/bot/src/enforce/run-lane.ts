/** Works one claimed lane until nothing in it is due, the claim is lost, or Telegram asks for a pause. */
import type { Clock } from '@chatwarden/contracts';
import type { Tracer } from '@chatwarden/daemon';
import type { Holder, Lane, Ledger, LedgerRow, OutcomeRow } from '@chatwarden/store';
import type { BotMetrics } from '../metrics.ts';
import { executeSpan, settledOf } from '../spans.ts';
import { planCalls, type Call } from './calls.ts';
import type { CarryOut, Result } from './carry-out.ts';

export interface LaneDeps {
  ledger: Ledger;
  carryOut: CarryOut;
  clock: Clock;
  metrics: BotMetrics;
  tracer: Tracer;
  holder: () => Holder;
  /** A refused call named the chat's new id: the lane's work moves there. */
  onMigrated: (lane: Lane, toChatId: number) => Promise<void>;
  /** Outcomes were recorded and wait to be told. */
  onOutcomes: () => void;
}

const ROWS_MAX = 500;
/** Calls of one chat in flight: sanctions of different senders need not wait for each other. */
const CALLS_MAX = 16;

export async function runLane(lane: Lane, deps: LaneDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const rows = await deps.ledger.takeActions(lane, deps.holder(), ROWS_MAX);
    if (rows === 'lostLane') return;
    if (rows.length === 0) break;
    const goesOn = await workOff(lane, rows, deps);
    if (!goesOn) return;
  }
  await deps.ledger.releaseLane(lane);
}

/** False when the lane is not ours any more, or has to rest. */
async function workOff(lane: Lane, rows: readonly LedgerRow[], deps: LaneDeps): Promise<boolean> {
  const plan = planCalls(rows, deps.clock.now());
  const settled = plan.settled.map(({ action, outcome }): Result => ({ action, outcome }));
  const at = deps.tracer.now();
  deps.tracer.recordEach(settledOf(settled), (one) => executeSpan(one, at));
  if (!(await record(lane, settled, deps))) return false;
  const { deletions, sanctions, messages } = plan.phases;
  for (const [calls, limit] of [
    [deletions, CALLS_MAX],
    [sanctions, CALLS_MAX],
    [messages, 1],
  ] as const) {
    const results = await inParallel(calls, limit, deps);
    if (!(await record(lane, results, deps))) return false;
    const migratedTo = newChatOf(results);
    if (migratedTo !== undefined) {
      await deps.onMigrated(lane, migratedTo);
      return false;
    }
    // Telegram limits what is sent to a chat far more than what is deleted there, so only the latter rests the lane.
    const pause = calls === messages ? 0 : pauseOf(results);
    if (pause > 0) {
      await deps.ledger.blockLane(lane, pause);
      await deps.ledger.releaseLane(lane);
      return false;
    }
  }
  return true;
}

async function record(lane: Lane, results: readonly Result[], deps: LaneDeps): Promise<boolean> {
  if (results.length === 0) return true;
  const at = deps.clock.now();
  const outcomes = results.map((result): OutcomeRow => {
    const actionId = result.action.id;
    return 'again' in result
      ? { actionId, again: true, notBefore: result.notBefore }
      : { actionId, outcome: result.outcome, at };
  });
  if ((await deps.ledger.recordOutcomes(lane, outcomes)) === 'lostLane') return false;
  for (const result of results) {
    if ('again' in result) continue;
    const { kind, receivedAt } = result.action;
    deps.metrics.actions.inc({ kind, result: result.outcome.result });
    deps.metrics.deliveryToEffect.observe({ kind }, (at - receivedAt) / 1000);
  }
  deps.onOutcomes();
  return true;
}

function newChatOf(results: readonly Result[]): number | undefined {
  for (const result of results) if ('again' in result && result.migratedTo !== undefined) return result.migratedTo;
  return undefined;
}

function pauseOf(results: readonly Result[]): number {
  return Math.max(0, ...results.map((result) => ('again' in result && result.pause ? result.notBefore : 0)));
}

/** A pause asked for by one call ends the phase: the rest would only be refused too. */
async function inParallel(calls: readonly Call[], limit: number, { carryOut, tracer }: LaneDeps): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  let pausedUntil: number | null = null;
  async function worker(): Promise<void> {
    while (next < calls.length) {
      const call = calls[next++] as Call;
      if (pausedUntil !== null) {
        const notBefore = pausedUntil;
        const actions = 'actions' in call ? call.actions : [call.action];
        results.push(...actions.map((action): Result => ({ action, again: true, notBefore })));
        continue;
      }
      const startedAt = tracer.now();
      const carried = await carryOut(call);
      tracer.recordEach(settledOf(carried), (one) => executeSpan(one, startedAt));
      const pause = pauseOf(carried);
      if (pause > 0) pausedUntil = pause;
      results.push(...carried);
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, calls.length) }, worker));
  return results;
}
