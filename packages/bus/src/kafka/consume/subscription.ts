/**
 * A subscription outlives its members: one that crashes because Kafka is away, or that does not work any more, is
 * followed by another. Only when replacing does not help either the process is told, so that it can end.
 */
import { Failure } from '@chatwarden/contracts';
import type { Subscription } from '../../bus.ts';
import { explanationOf } from '../connect/explain.ts';
import { Member, type MemberOptions } from './member.ts';
import { readEnds } from './positions.ts';
import { toLag, whyStuck } from './watch.ts';

export interface KafkaSubscription extends Subscription {
  /** Nothing more is handed over once the batch in hand is done; the partitions stay this member's. */
  pause(): void;
  resume(): void;
}

export interface MemberSubscriptionOptions extends MemberOptions {
  /** Makes a member; a test may put another in its place. */
  createMember?: (options: MemberOptions) => Member;
  onStuck(reason: string): void;
}

const RESTART_FIRST_MS = 200;
const RESTART_MAX_MS = 10_000;

export class MemberSubscription implements KafkaSubscription {
  /** Resolves when the first member has joined; rejects when the subscription is closed before. */
  readonly joined: Promise<void>;
  /** Resolves when it is over for good. */
  readonly over: Promise<void>;
  readonly #options: MemberSubscriptionOptions;
  readonly #firstJoin = Promise.withResolvers<void>();
  readonly #leaving = new AbortController();
  #member: Member;
  #paused = false;
  #failures = 0;
  #replacements = 0;
  #closed: Promise<void> | undefined;

  constructor(options: MemberSubscriptionOptions) {
    this.#options = { ...options, observe: (event) => this.#observe(event, options.observe) };
    this.joined = this.#firstJoin.promise;
    this.joined.catch(() => {});
    this.#member = this.#createMember();
    this.over = this.#supervise();
  }

  pause(): void {
    this.#paused = true;
    this.#member.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#member.resume();
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    const { log, topic, group } = this.#options;
    this.#leaving.abort();
    this.#firstJoin.reject(busClosed());
    await this.#member.leave().catch((error: unknown) => {
      log?.warn({ err: error, topic, group }, 'a consumer did not leave its group properly');
    });
    await this.over;
    // Whoever has its partitions from now on tells of them.
    this.#options.observe({ topic, group, kind: 'lag', partitions: [] });
  }

  #observe(event: Parameters<MemberOptions['observe']>[0], observe: MemberOptions['observe']): void {
    if (event.kind === 'joined') this.#firstJoin.resolve();
    if (event.kind === 'committed') [this.#failures, this.#replacements] = [0, 0];
    observe(event);
  }

  #createMember(): Member {
    const { createMember = (options) => new Member(options) } = this.#options;
    const member = createMember(this.#options);
    if (this.#paused) member.pause();
    return member;
  }

  async #supervise(): Promise<void> {
    const { clock, log, topic, group } = this.#options;
    const leaving = this.#leaving.signal;
    for (;;) {
      const watching = new AbortController();
      const watch = this.#watch(this.#member, watching.signal);
      const end = await this.#member.run();
      watching.abort();
      await watch;
      if (end.reason === 'left' || leaving.aborted) return;
      this.#failures += 1;
      const waitMs = Math.min(RESTART_FIRST_MS * 2 ** (this.#failures - 1), RESTART_MAX_MS);
      const why =
        end.reason === 'crashed' ? explanationOf(end.error, `consuming ${topic}`) : 'it did not work any more';
      this.#options.observe({ topic, group, kind: 'restarted', why: end.reason });
      // Less and less often, for as long as Kafka is away; once is what a group that is just being made needs.
      if (this.#failures > 1 && Number.isInteger(Math.log2(this.#failures))) {
        log?.warn({ topic, group, failures: this.#failures, waitMs }, `a consumer is started again: ${why}`);
      }
      await clock.sleep(waitMs, leaving);
      if (leaving.aborted) return;
      this.#member = this.#createMember();
    }
  }

  async #watch(member: Member, over: AbortSignal): Promise<void> {
    const { clock, log, topic, group, tuning, onStuck } = this.#options;
    const since = clock.now();
    for (;;) {
      await clock.sleep(tuning.watchMs, over);
      if (over.aborted) return;
      // While Kafka cannot be asked, it is not the member that is stuck.
      const why = await this.#lookAt(member, since).catch(() => undefined);
      if (why === undefined || over.aborted) continue;
      log?.error({ topic, group }, `a consumer is stuck and is replaced: ${why}`);
      this.#replacements += 1;
      if (this.#replacements > tuning.replacementsMax) onStuck(`the consumer of ${topic} in ${group}: ${why}`);
      return member.abandon();
    }
  }

  async #lookAt(member: Member, since: number): Promise<string | undefined> {
    const { admin, topicName, topic, group, clock, tuning, observe } = this.#options;
    const ends = await readEnds(admin, topicName);
    const now = clock.now();
    const states = member.partitions();
    const lags = states.map((state) => toLag(state, ends.get(state.partition), now));
    observe({ topic, group, kind: 'lag', partitions: lags });
    const view = { partitions: states, isPaused: member.isPaused(), polledAt: member.polledAt() ?? since };
    return whyStuck(view, { now, stuckAfterMs: tuning.stuckAfterMs, ends });
  }
}

export function busClosed(): Failure {
  return new Failure('busClosed', 'later', { message: 'the bus is closed' });
}
