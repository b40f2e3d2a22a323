/** The simulated community: acts on time, moderators who look in, until it is stopped. */
import type { Clock } from '@chatwarden/contracts';
import type { FakeTelegram } from '@chatwarden/fake-telegram';
import { createModerators } from './answer-cards.ts';
import { COMMUNITIES } from './communities.ts';
import { createPerformer, type DemoCounts, type DemoLog } from './performer.ts';
import { seededRandom } from './random.ts';
import { scheduleActs } from './schedule.ts';
import { SPAM } from './spam.ts';
import { firstNewcomerId } from './stage.ts';

export interface DemoDeps {
  fake: Pick<FakeTelegram, 'human'>;
  /** The bot that moderates; it must exist in the fake. */
  bot: { id: number };
  clock: Clock;
  /** 1 is human pace, 10 ten times as fast. */
  speed: number;
  seed: number;
  signal: AbortSignal;
  log: DemoLog;
}

export interface Demo {
  counts(): DemoCounts;
  /** Resolves when nobody speaks any more. */
  stop(): Promise<void>;
}

const LOOK_MS = 500;
/** Even when late, others get their turn between two acts. */
const LEAST_SLEEP_MS = 1;

export function startDemo({ fake, bot, clock, speed, seed, signal, log }: DemoDeps): Demo {
  const stopping = new AbortController();
  const stopped = AbortSignal.any([signal, stopping.signal]);
  const startMs = clock.now();
  const performer = createPerformer({ fake, bot, log, firstVisitorId: firstNewcomerId(startMs) }, COMMUNITIES);
  const moderators = createModerators({ fake, bot, performer, random: seededRandom(seed + 1), speed });

  async function play(): Promise<void> {
    for (const { atMs, act } of scheduleActs({ communities: COMMUNITIES, spam: SPAM, seed, startMs })) {
      await clock.sleep(Math.max(LEAST_SLEEP_MS, startMs + atMs / speed - clock.now()), stopped);
      if (stopped.aborted) return;
      performer.perform(act);
    }
  }

  async function moderate(): Promise<void> {
    while (!stopped.aborted) {
      await clock.sleep(LOOK_MS, stopped);
      moderators.look(clock.now());
    }
  }

  log.info(`demo traffic: ${COMMUNITIES.length} groups, pace ${speed}, seed ${seed}`);
  const ended = Promise.all([play(), moderate()]).catch((error: unknown) => {
    stopping.abort();
    log.warn(`the demo stopped: ${error instanceof Error ? error.message : String(error)}`);
  });

  return {
    counts: performer.counts,
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
