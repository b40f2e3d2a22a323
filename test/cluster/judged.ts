/** Talks in one group as the bot would: by the routes that it has read, and listed among publishers. And counts verdicts. */
import { createKafkaBus, type KafkaBus } from '@chatwarden/bus';
import type { GroupId } from '@chatwarden/contracts';
import { systemClock } from '@chatwarden/daemon';
import { createSettingsCache, type PostgresStore } from '@chatwarden/store';
import { anEvent } from '@chatwarden/testkit';

export interface Talk {
  /** Publishes so many events as fast as Kafka takes them. */
  say(events: number): Promise<void>;
  /** A few a second, until stopped. */
  begin(perSecond: number): void;
  end(): Promise<void>;
  /** Resolves when every event that was published has a verdict. Rejects when some have none in time. */
  untilJudged(withinMs: number): Promise<string>;
  close(): Promise<void>;
}

export interface TalkOptions {
  brokers: string;
  store: PostgresStore;
  groupId: GroupId;
}

const BATCH = 500;
const SENDERS = 64;
const LOOK_MS = 500;
const TERM_MS = 60_000;
const NAME = 'acceptance-bot';

export async function startTalk({ brokers, store, groupId }: TalkOptions): Promise<Talk> {
  const clock = systemClock();
  const bus: KafkaBus = createKafkaBus({ brokers: [brokers], clientId: NAME, clock });
  const settings = createSettingsCache(store.settings);
  const said = new Set<string>();
  const judged = new Set<string>();
  const topics = new Map<string, number>();
  let doubled = 0;
  let next = 1;
  let talking: Promise<void> | undefined;
  let stopping = new AbortController();
  const over = new AbortController();

  async function tell(): Promise<void> {
    await settings.refresh();
    const report = { name: NAME, revision: settings.revision(), at: clock.now(), termMs: TERM_MS };
    await store.publishers.reportPublisher(report);
  }

  await tell();
  const subscription = await bus.subscribe({
    topic: 'verdicts',
    group: 'acceptance',
    batchMax: BATCH,
    handle: async (verdicts) => {
      for (const { eventId } of verdicts) {
        if (judged.has(eventId)) doubled += 1;
        judged.add(eventId);
      }
      return [];
    },
  });

  async function say(events: number): Promise<void> {
    for (let left = events; left > 0; left -= BATCH) {
      const batch = Array.from({ length: Math.min(BATCH, left) }, () => anEventOf(next++));
      const topic = settings.topicOf(groupId);
      await bus.publish(topic, batch);
      topics.set(topic, (topics.get(topic) ?? 0) + batch.length);
      for (const { id } of batch) said.add(id);
    }
  }

  function anEventOf(messageId: number) {
    const key = (messageId % SENDERS).toString(16).padStart(32, '0');
    return anEvent({
      groupId,
      message: { messageId },
      sender: { key },
      occurredAt: clock.now(),
      revision: settings.revision(),
    });
  }

  /** What is published by older routes has been answered before newer ones are told of: one loop does both. */
  async function loop(perSecond: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await tell();
      await say(Math.ceil((perSecond * LOOK_MS) / 1000));
      await clock.sleep(LOOK_MS, signal);
    }
  }

  async function untilJudged(withinMs: number): Promise<string> {
    const deadline = clock.now() + withinMs;
    const missing = () => [...said].filter((id) => !judged.has(id)).length;
    while (missing() > 0 && clock.now() < deadline) await clock.sleep(LOOK_MS);
    const where = [...topics].map(([topic, events]) => `${events} by ${topic}`).join(', ');
    if (missing() > 0) throw new Error(`${missing()} of ${said.size} events have no verdict (${where})`);
    return `${said.size} events judged, ${doubled} verdicts came again (${where})`;
  }

  async function end(): Promise<void> {
    stopping.abort();
    await talking;
    talking = undefined;
  }

  const renewing = (async () => {
    while (!over.signal.aborted) {
      await clock.sleep(LOOK_MS, over.signal);
      if (!talking && !over.signal.aborted) await tell();
    }
  })();

  return {
    say,
    begin: (perSecond) => {
      stopping = new AbortController();
      talking = loop(perSecond, stopping.signal);
    },
    end,
    untilJudged,
    close: async () => {
      await end();
      over.abort();
      await renewing;
      await subscription.close();
      await bus.close();
      await store.publishers.withdrawPublisher(NAME);
    },
  };
}
