/**
 * A subscription outlives its members: one that crashes because Kafka is away, or that no longer works, is followed by
 * another. Only when replacing does not help either the process is told, so that it can end.
 */
import { Failure, messageOf } from '@chatwarden/contracts';
import type { Subscription } from '../../bus.ts';
import { Member, type MemberEnd, type MemberOptions } from './member.ts';
import { readEnds } from './positions.ts';
import { lagOf, whyStuck } from './watch.ts';

export interface KafkaSubscription extends Subscription {
  /** Nothing more is handed over once the batch in hand is done; the partitions stay this member's. */
  pause(): void;
  resume(): void;
}

export interface SubscriptionDeps extends MemberOptions {
  onStuck(reason: string): void;
  onLag(partitions: readonly WatchedPartition[]): void;
}

export interface WatchedPartition {
  partition: number;
  lag: number;
  /** Since when there is something to do and the position has not moved, in ms; 0 without lag. */
  behindMs: number;
}

export interface RunningSubscription extends KafkaSubscription {
  /** Resolves when the first member has joined; rejects when the subscription is closed before. */
  readonly joined: Promise<void>;
}

const RESTART_FIRST_MS = 200;
const RESTART_MAX_MS = 10_000;

export function runSubscription(deps: SubscriptionDeps): RunningSubscription {
  const { clock, log, tuning, topic, group } = deps;
  const joined = Promise.withResolvers<void>();
  const leaving = new AbortController();
  let failures = 0;
  let replacements = 0;
  let paused = false;

  const observe: MemberOptions['observe'] = (event) => {
    if (event.kind === 'joined') joined.resolve();
    if (event.kind === 'committed') [failures, replacements] = [0, 0];
    deps.observe(event);
  };

  function startMember(): { member: Member; ended: Promise<MemberEnd> } {
    const member = new Member({ ...deps, observe });
    if (paused) member.pause();
    return { member, ended: member.run() };
  }

  joined.promise.catch(() => {});
  let current = startMember();
  const over = supervise();

  async function supervise(): Promise<void> {
    while (!leaving.signal.aborted) {
      const watching = new AbortController();
      const watched = watch(current.member, watching.signal);
      const end = await current.ended;
      watching.abort();
      await watched;
      if (end.reason === 'left' || leaving.signal.aborted) return;
      failures += 1;
      const waitMs = Math.min(RESTART_FIRST_MS * 2 ** (failures - 1), RESTART_MAX_MS);
      const why = end.reason === 'crashed' ? messageOf(end.error) : 'it did not work any more';
      if (Number.isInteger(Math.log2(failures))) {
        log?.warn({ topic, group, failures, waitMs }, `a consumer is started again: ${why}`);
      }
      await clock.sleep(waitMs, leaving.signal);
      if (!leaving.signal.aborted) current = startMember();
    }
  }

  async function watch(member: Member, over: AbortSignal): Promise<void> {
    const since = clock.now();
    for (;;) {
      await clock.sleep(tuning.watchMs, over);
      if (over.aborted) return;
      const why = await lookAt(member, since).catch(() => undefined);
      if (why === undefined || over.aborted) continue;
      log?.error({ topic, group }, `a consumer is stuck and is replaced: ${why}`);
      replacements += 1;
      if (replacements > tuning.replacementsMax) deps.onStuck(`the consumer of ${topic} in ${group}: ${why}`);
      return member.abandon();
    }
  }

  /** Rejects while Kafka cannot be asked: then it is not the member that is stuck. */
  async function lookAt(member: Member, since: number): Promise<string | undefined> {
    const ends = await readEnds(deps.admin, deps.topicName);
    const now = clock.now();
    deps.onLag(
      member.partitions().map((state) => {
        const lag = lagOf(state, ends.get(state.partition));
        return { partition: state.partition, lag, behindMs: lag > 0 ? now - state.movedAt : 0 };
      }),
    );
    const view = { partitions: member.partitions(), isPaused: member.isPaused(), polledAt: member.polledAt() ?? since };
    return whyStuck(view, { now, stuckAfterMs: tuning.stuckAfterMs, ends });
  }

  async function close(): Promise<void> {
    leaving.abort();
    joined.reject(busClosed());
    await current.member.leave().catch((error: unknown) => {
      log?.warn({ err: error, topic, group }, 'a consumer did not leave its group properly');
    });
    await over;
  }

  let closed: Promise<void> | undefined;
  return {
    joined: joined.promise,
    close: () => (closed ??= close()),
    pause: () => {
      paused = true;
      current.member.pause();
    },
    resume: () => {
      paused = false;
      current.member.resume();
    },
  };
}

export function busClosed(): Failure {
  return new Failure('busClosed', 'later', { message: 'the bus is closed' });
}
