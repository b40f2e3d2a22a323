/**
 * Draws asks from the table as long as the breaker lets calls pass, and works on each beside the others. Replicas share
 * the table; a claim outlives its call, so that two of them work on one ask only after a crash.
 */
import type { LlmAsk } from '@chatwarden/store';
import { answerAsk, explain } from './answer-ask.ts';
import type { LlmDeps } from './llm-deps.ts';

export interface DrainSettings {
  /** Asks of one group at once, in all processes together. */
  perGroup: number;
  leaseMs: number;
}

export interface Drain {
  /** Starts what is due, and says how long to wait before the next look, in ms. */
  step(signal: AbortSignal): Promise<number>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** Messages older than two days cannot be deleted; after one, the moderators have decided. */
export const AGE_MAX_MS = 86_400_000;
const IDLE_MS = 1000;
/** A group's next asks are due as soon as its last ones are done, and copies are done at once. */
const BUSY_MS = 100;
const EXPIRE_EVERY_MS = 60_000;

export function createDrain(deps: LlmDeps, { perGroup, leaseMs }: DrainSettings): Drain {
  const { llmAsks, clock, breaker, metrics } = deps;
  const running = new Set<Promise<void>>();
  let lookedAt = 0;

  function start(ask: LlmAsk, signal: AbortSignal): void {
    const work: Promise<void> = answerAsk(ask, deps, signal)
      .catch(async (error: unknown) => {
        if (!signal.aborted) return explain(error, ask, deps);
        // Given up by a stop, and free for whoever comes next; if even that fails, the claim ends by itself.
        await llmAsks.putOffAsk(ask.verdict.eventId, 0).catch(() => undefined);
      })
      .finally(() => running.delete(work));
    running.add(work);
  }

  async function lookAround(): Promise<void> {
    if (clock.now() - lookedAt < EXPIRE_EVERY_MS) return;
    lookedAt = clock.now();
    const expired = await llmAsks.expireAsks(clock.now() - AGE_MAX_MS);
    if (expired > 0) metrics.asks.inc({ result: 'expired' }, expired);
    metrics.waiting.set(await llmAsks.countWaiting());
  }

  async function step(signal: AbortSignal): Promise<number> {
    await lookAround();
    const limit = breaker.room() - running.size;
    if (limit <= 0) return IDLE_MS;
    const asks = await llmAsks.claimAsks({ now: clock.now(), limit, perGroup, leaseMs });
    for (const ask of asks) start(ask, signal);
    return asks.length === 0 ? IDLE_MS : BUSY_MS;
  }

  return { step, settled: async () => void (await Promise.all(running)) };
}
