/**
 * Drains the ledger. Each chat is a lane, claimed with an epoch; lanes run side by side, so that one slow chat holds
 * up no other. A row is marked `sending` before its call and gets its outcome after it, with no transaction open in
 * between: a crash leaves `sending` rows that the next holder of the lane takes up again.
 */
import { messageOf } from '@chatwarden/contracts';
import type { Logger } from '@chatwarden/daemon';
import type { Holder, Lane } from '@chatwarden/store';
import { runLane, type LaneDeps } from './run-lane.ts';

export interface ExecutorDeps extends Omit<LaneDeps, 'holder'> {
  log: Logger;
  /** Unique among live processes. */
  holderName: string;
  botId: number;
}

export interface Executor {
  /** Something was planned. */
  wake(): void;
  run(signal: AbortSignal): Promise<void>;
  /** Chats being worked on now. */
  lanes(): number;
}

const LANES_MAX = 64;
/** Longer than the slowest call; a dead holder's lanes wait this long at most. */
const LEASE_MS = 60_000;
/** Rows become due by the clock too, and another process may have planned some. */
const IDLE_MS = 1000;

export function createExecutor(deps: ExecutorDeps): Executor {
  const { ledger, clock, log, holderName, botId } = deps;
  const running = new Map<number, Promise<void>>();
  let woken = false;
  let alarm = new AbortController();

  function wake(): void {
    woken = true;
    alarm.abort();
  }

  const holder = (): Holder => ({ name: holderName, botId, now: clock.now(), leaseMs: LEASE_MS });

  function start(lane: Lane, signal: AbortSignal): void {
    const work = runLane(lane, { ...deps, holder }, signal)
      .catch((error: unknown) =>
        log.error({ err: error, chatId: lane.chatId }, 'a lane stopped; its actions stay planned'),
      )
      .finally(() => {
        running.delete(lane.chatId);
        // What was planned while the lane was let go is found by looking once more.
        wake();
      });
    running.set(lane.chatId, work);
  }

  async function claim(signal: AbortSignal): Promise<number> {
    woken = false;
    alarm = new AbortController();
    const room = LANES_MAX - running.size;
    if (room <= 0) return 0;
    const lanes = await ledger.claimLanes(room, holder());
    for (const lane of lanes) start(lane, signal);
    return lanes.length;
  }

  async function run(signal: AbortSignal): Promise<void> {
    await untilItWorks(() => ledger.freeLanes(holderName), signal);
    while (!signal.aborted) {
      try {
        await claim(signal);
      } catch (error) {
        log.warn({ err: error }, `cannot claim lanes, actions wait: ${messageOf(error)}`);
      }
      if (!woken) await clock.sleep(IDLE_MS, AbortSignal.any([signal, alarm.signal]));
    }
    await Promise.all(running.values());
  }

  async function untilItWorks(step: () => Promise<void>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        return await step();
      } catch (error) {
        log.warn({ err: error }, "cannot free this process's former lanes yet");
        await clock.sleep(IDLE_MS, signal);
      }
    }
  }

  return { wake, run, lanes: () => running.size };
}
