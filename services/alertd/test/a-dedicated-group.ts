/** A group with a topic of its own, on a real Kafka and a real PostgreSQL, and detectors that may judge it. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKafkaAdmin, createKafkaBus } from '@chatwarden/bus';
import { dedicatedTopic, policyFromPreset, type Verdict } from '@chatwarden/contracts';
import { createMetrics, silentLogger, systemClock } from '@chatwarden/daemon';
import { createFolderKeys } from '@chatwarden/keys';
import { createPostgresLogStore } from '@chatwarden/logstore';
import { openStore, type Store } from '@chatwarden/store';
import { BOT_ID, CHAT_ID } from '@chatwarden/testkit';
import { testKafka } from '@chatwarden/testkit/kafka';
import { createTestDatabase } from '@chatwarden/testkit/postgres';
import { onTestFinished } from 'vitest';
import { wire, type AlertdConfig } from '../src/index.ts';
import type { AlertdPorts } from '../src/ports.ts';
import { ALERTD_CONFIG, aModel } from './a-running-alertd.ts';

const clock = systemClock();
const log = silentLogger();
const service = { name: 'alertd', version: '0.0.0', environment: 'test', node: { name: 'test' } };

export async function aDedicatedGroup() {
  const database = await createTestDatabase();
  const store = await openStore({ url: database.url, clock });
  const seenChat = { botId: BOT_ID, chatId: CHAT_ID, type: 'supergroup', title: 'Gardeners' } as const;
  const made = await store.groups.ensureGroup(seenChat, policyFromPreset('balanced', 'enforce'));
  const { groupId } = made?.group ?? { groupId: '' };
  const topic = dedicatedTopic(groupId);
  const { brokers, prefix } = testKafka();
  const connection = { brokers: [brokers], prefix, clock, log };
  const admin = createKafkaAdmin({ ...connection, clientId: 'test' });
  await admin.ensureTopics({ topics: ['events', topic, 'verdicts'], replication: 1, partitions: 3 });
  const bus = createKafkaBus({ ...connection, clientId: 'bot' });
  onTestFinished(async () => {
    await bus.close();
    await admin.close();
    await store.close();
    await database.drop();
  });
  const verdicts: Verdict[] = [];
  const see = async (batch: readonly Verdict[]) => {
    verdicts.push(...batch);
    return [];
  };
  await bus.subscribe({ topic: 'verdicts', group: 'seen', batchMax: 500, handle: see });
  const keysDir = mkdtempSync(join(tmpdir(), 'chatwarden-keys-'));
  return { store, groupId, topic, connection, admin, bus, verdicts, keysDir };
}

export type DedicatedGroup = Awaited<ReturnType<typeof aDedicatedGroup>>;

export interface DetectorOptions {
  clientId: string;
  config?: Partial<AlertdConfig>;
  ports?: Partial<AlertdPorts>;
  store?: Store;
}

/** Ends with the test, if it was not stopped before. */
export async function aDetector(group: DedicatedGroup, { clientId, config, ports, store }: DetectorOptions) {
  const metrics = createMetrics({ service, processMetrics: false });
  const bus = createKafkaBus({ ...group.connection, clientId });
  const alertd = wire(
    {
      bus,
      store: store ?? group.store,
      logStore: createPostgresLogStore({ sql: group.store.sql, clock, keepDays: 7 }),
      keys: createFolderKeys({ dir: group.keysDir }),
      model: aModel,
      detector: { version: '0.0.0', model: 'test' },
      clock,
      log,
      metrics,
      source: { service, labels: {} },
      keepDays: 7,
      ...ports,
    },
    { ...ALERTD_CONFIG, ...config },
    ['detect'],
  );
  await alertd.start();
  const stop = async () => {
    await alertd.stop();
    await bus.close();
  };
  onTestFinished(stop);
  return { metrics, stop };
}
