/**
 * Long polling. getUpdates confirms every update below its offset, so the next request is made only when all events
 * of this batch were accepted: a crash in between makes Telegram deliver the batch again, and nothing is lost.
 * One poller per token by lease; a second process on the same token gets 409 from Telegram and waits.
 */
import { Failure, messageOf, type Clock, type Lease } from '@chatwarden/contracts';
import type { Logger } from '@chatwarden/daemon';
import type { BotMetrics } from '../metrics.ts';
import type { AllowedUpdate, TelegramApi } from '../telegram/telegram-api.ts';
import { refusalCode, TelegramError } from '../telegram/telegram-error.ts';
import type { AcceptUpdates } from './accept-updates.ts';

export const ALLOWED_UPDATES: readonly AllowedUpdate[] = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
  'chat_member',
];
/** Telegram's maximum. */
const LIMIT = 100;
const LONG_POLL_SECONDS = 25;
const BACKOFF_FIRST_MS = 500;
const BACKOFF_MAX_MS = 30_000;
/** A server that answers an empty long poll sooner than this does not wait for updates; asking it at once would be a storm. */
const HASTY_MS = 1000;
const HASTY_PAUSE_MS = 100;
/** Another poller is at work: no use in taking turns with it quickly. */
const CONFLICT_WAIT_MS = 10_000;

export interface PollDeps {
  api: Pick<TelegramApi, 'getUpdates'>;
  accept: AcceptUpdates;
  lease: Lease;
  botId: number;
  clock: Clock;
  log: Logger;
  metrics: BotMetrics;
}

/** Polls until the signal aborts. Rejects with Failure `unauthorized` (never) when Telegram refuses the token. */
export async function poll(deps: PollDeps, signal: AbortSignal): Promise<void> {
  // A lost lease ends the polling under it; whoever holds it next goes on where Telegram was last confirmed.
  while (!signal.aborted) {
    await deps.lease.hold(
      `poll:${deps.botId}`,
      (_epoch, lost) => pollWhileHeld(deps, AbortSignal.any([signal, lost])),
      signal,
    );
  }
}

async function pollWhileHeld(deps: PollDeps, signal: AbortSignal): Promise<void> {
  let offset = 0;
  let failures = 0;
  /** Conflicts that were told: another poller is told of once, however long it stays. */
  let conflictTold = false;
  while (!signal.aborted) {
    try {
      const request = { offset, limit: LIMIT, timeoutSeconds: LONG_POLL_SECONDS, allowedUpdates: ALLOWED_UPDATES };
      const askedAt = deps.clock.now();
      const updates = await deps.api.getUpdates(request, signal);
      if (updates.length > 0) await deps.accept(updates);
      else if (deps.clock.now() - askedAt < HASTY_MS) await deps.clock.sleep(HASTY_PAUSE_MS, signal);
      offset = updates.reduce((next, update) => Math.max(next, update.update_id + 1), offset);
      if (failures > 0) deps.log.info('receiving updates again');
      failures = 0;
      conflictTold = false;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      deps.metrics.pollFailures.inc();
      const tell = isConflict(error) ? !conflictTold : Number.isInteger(Math.log2(failures));
      conflictTold ||= isConflict(error);
      await deps.clock.sleep(waitAfter(error, { failures, tell }, deps.log), signal);
    }
  }
}

/** Decides how long to wait, and says why when that is worth telling: trouble less and less often, a conflict once. */
function waitAfter(error: unknown, { failures, tell }: { failures: number; tell: boolean }, log: Logger): number {
  const problem = error instanceof TelegramError ? error.problem : null;
  if (problem?.kind === 'refused' && problem.code === 'unauthorized') {
    throw new Failure('unauthorized', 'never', {
      message: 'Telegram refuses TELEGRAM_BOT_TOKEN; ask @BotFather for the current token',
      cause: error,
    });
  }
  const waitMs = waitFor(problem, failures);
  if (tell) log.warn({ err: error, waitMs, failures }, explain(problem, error));
  return waitMs;
}

function isConflict(error: unknown): boolean {
  return refusalCode(error) === 'conflict';
}

function waitFor(problem: TelegramError['problem'] | null, failures: number): number {
  if (problem?.kind === 'retryAfter') return problem.seconds * 1000;
  if (problem?.kind === 'refused' && problem.code === 'conflict') return CONFLICT_WAIT_MS;
  return Math.min(BACKOFF_FIRST_MS * 2 ** (failures - 1), BACKOFF_MAX_MS);
}

function explain(problem: TelegramError['problem'] | null, error: unknown): string {
  if (problem?.kind === 'refused' && problem.code === 'conflict') {
    return `another process polls with this token, or a webhook is set; stop it, or wait: ${problem.text}`;
  }
  if (problem) return `no updates from Telegram: ${problem.text}`;
  return `updates are not accepted, Telegram keeps them: ${messageOf(error)}`;
}
