/** Every service as a process of its own on Kafka, OpenSearch and PostgreSQL, with one empty group. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger, systemClock } from '@chatwarden/daemon';
import { createFakeTelegram } from '@chatwarden/fake-telegram';
import { openConfiguredLogStore } from '@chatwarden/logstore';
import { openStore } from '@chatwarden/store';
import { testKafka } from '@chatwarden/testkit/kafka';
import { testOpenSearch } from '@chatwarden/testkit/opensearch';
import { createTestDatabase } from '@chatwarden/testkit/postgres';
import { onTestFinished } from 'vitest';
import { buildPlatform, type PlatformOptions } from '../platform/platform.ts';
import { BOT, gather } from './a-community.ts';

interface ClusterOptions extends Pick<PlatformOptions, 'copies' | 'env' | 'envOf' | 'tracing'> {
  /** Another Kafka than that of the test run. */
  kafka?: { brokers: string; prefix: string };
}

export async function aCluster({ kafka = testKafka(), ...options }: ClusterOptions = {}) {
  const { brokers, prefix } = kafka;
  const { url: openSearchUrl } = testOpenSearch();
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const fake = createFakeTelegram({ bots: [BOT] });
  onTestFinished(() => fake.close());
  const { apiRoot } = await fake.listen({ port: 0 });
  const engines = { databaseUrl: database.url, brokers, openSearchUrl, prefix };
  const dir = mkdtempSync(join(tmpdir(), 'chatwarden-cluster-'));
  const telegram = { token: BOT.token, apiRoot };
  const platform = await buildPlatform({ engines, telegram, dir, ...options });
  const clock = systemClock();
  const store = await openStore({ url: database.url, clock });
  onTestFinished(() => store.close());
  const { logStore, spanStore, close } = openConfiguredLogStore(
    { OPENSEARCH_URL: openSearchUrl, OPENSEARCH_PREFIX: prefix },
    { ...store, clock, log: silentLogger(), keepDays: 7 },
  );
  onTestFinished(close);
  onTestFinished(() => platform.close());
  await platform.start();
  const { portalUrl } = platform;
  return { app: { store, logStore, spanStore, portalUrl }, platform, engines, fake, ...gather(fake) };
}
