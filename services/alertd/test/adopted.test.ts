/** What the detectors of a dedicated group have left, on a real Kafka and a real PostgreSQL: nothing accepted is lost. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKafkaAdmin, createKafkaBus, type KafkaBus } from '@chatwarden/bus';
import { dedicatedTopic, DETECT_GROUP, policyFromPreset, type Verdict } from '@chatwarden/contracts';
import { createMetrics, silentLogger, systemClock } from '@chatwarden/daemon';
import { createFolderKeys } from '@chatwarden/keys';
import { createPostgresLogStore } from '@chatwarden/logstore';
import { openStore, type PostgresStore } from '@chatwarden/store';
import { anEvent, BOT_ID, CHAT_ID } from '@chatwarden/testkit';
import { hasKafka, testKafka } from '@chatwarden/testkit/kafka';
import { createTestDatabase } from '@chatwarden/testkit/postgres';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { wire } from '../src/index.ts';
import { ALERTD_CONFIG, aModel } from './a-running-alertd.ts';

const clock = systemClock();
const log = silentLogger();
const patiently = { timeout: 40_000, interval: 50 };
const service = { name: 'alertd', version: '0.0.0', environment: 'test', node: { name: 'test' } };

async function aGroupOfItsOwn() {
  const database = await createTestDatabase();
  const store = await openStore({ url: database.url, clock });
  const seenChat = { botId: BOT_ID, chatId: CHAT_ID, type: 'supergroup', title: 'Gardeners' } as const;
  const made = await store.groups.ensureGroup(seenChat, policyFromPreset('balanced', 'enforce'));
  const { groupId } = made?.group ?? { groupId: '' };
  const { brokers, prefix } = testKafka();
  const connection = { brokers: [brokers], prefix, clock, log };
  const admin = createKafkaAdmin({ ...connection, clientId: 'test' });
  const topics = ['events', dedicatedTopic(groupId), 'verdicts'] as const;
  await admin.ensureTopics({ topics, replication: 1, partitions: 3 });
  const bus = createKafkaBus({ ...connection, clientId: 'bot' });
  onTestFinished(async () => {
    await bus.close();
    await admin.close();
    await store.close();
    await database.drop();
  });
  const events = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => {
      const messageId = from + index;
      const sender = { id: 501 + (messageId % 7), key: String(messageId % 7).padStart(32, 'b') };
      return anEvent({ groupId, message: { messageId, text: `the roses of bed ${messageId} bloom` }, sender });
    });
  const verdicts: Verdict[] = [];
  const handle = async (batch: readonly Verdict[]) => {
    verdicts.push(...batch);
    return [];
  };
  await bus.subscribe({ topic: 'verdicts', group: 'seen', batchMax: 500, handle });
  const lag = async () => (await admin.lagOf([dedicatedTopic(groupId)], DETECT_GROUP))[0]?.records;
  const members = async () => (await admin.membersOf(dedicatedTopic(groupId), DETECT_GROUP)).length;
  return { store, groupId, bus, events, verdicts, lag, members, connection };
}

/** Of the group alone, or a shared one. */
async function aDetector(store: PostgresStore, bus: KafkaBus, groupId?: string) {
  const metrics = createMetrics({ service, processMetrics: false });
  const alertd = wire(
    {
      bus,
      store,
      logStore: createPostgresLogStore({ sql: store.sql, clock, keepDays: 7 }),
      keys: createFolderKeys({ dir: mkdtempSync(join(tmpdir(), 'chatwarden-keys-')) }),
      model: aModel,
      detector: { version: '0.0.0', model: 'test' },
      clock,
      log,
      metrics,
      source: { service, labels: {} },
      keepDays: 7,
    },
    { ...ALERTD_CONFIG, ...(groupId === undefined ? {} : { EVENTS_OF: groupId }) },
    ['detect'],
  );
  await alertd.start();
  const stop = async () => {
    await alertd.stop();
    await bus.close();
  };
  onTestFinished(stop);
  return { stop };
}

describe.skipIf(!hasKafka())('what detectors of a group have left (needs Kafka)', () => {
  it('is judged by the shared ones from where they stopped, and only while the operator says so', async () => {
    const { store, groupId, bus, events, verdicts, lag, members, connection } = await aGroupOfItsOwn();
    const topic = dedicatedTopic(groupId);
    const judged = () => new Set(verdicts.map(({ eventId }) => eventId));
    const own = await aDetector(store, createKafkaBus({ ...connection, clientId: 'own' }), groupId);
    const before = events(1, 30);
    await bus.publish(topic, before);
    await vi.waitFor(() => expect(judged().size).toBe(30), patiently);
    await vi.waitFor(async () => expect(await lag()).toBe(0), patiently);
    await own.stop();

    const left = events(31, 40);
    await bus.publish(topic, left);
    await aDetector(store, createKafkaBus({ ...connection, clientId: 'shared' }));
    expect([await lag(), await members()]).toEqual([40, 0]);
    await store.retiredTopics.retireTopic(groupId, clock.now());
    await store.retiredTopics.markUnread(groupId, true);
    await vi.waitFor(() => expect(judged()).toEqual(new Set([...before, ...left].map(({ id }) => id))), patiently);
    await vi.waitFor(async () => expect(await lag()).toBe(0), patiently);
    // What was judged already is not judged again.
    expect(verdicts).toHaveLength(70);
    await store.retiredTopics.markUnread(groupId, false);
    await vi.waitFor(async () => expect(await members()).toBe(0), patiently);
  }, 120_000);
});
