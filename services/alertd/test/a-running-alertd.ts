/** alertd's roles on a real PostgreSQL and the in-process bus, with a classifier that tests steer by a word. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInProcessBus } from '@chatwarden/bus';
import { policyFromPreset, type Verdict } from '@chatwarden/contracts';
import { createMetrics, silentLogger, systemClock } from '@chatwarden/daemon';
import type { Model } from '@chatwarden/detector';
import { createFolderKeys } from '@chatwarden/keys';
import { createPostgresLogStore } from '@chatwarden/logstore';
import { openStore, type Store } from '@chatwarden/store';
import { anEvent, BOT_ID, CHAT_ID, manualClock, NOON, type EventParts } from '@chatwarden/testkit';
import { createTestDatabase } from '@chatwarden/testkit/postgres';
import { onTestFinished } from 'vitest';
import { wire, type AlertdConfig } from '../src/index.ts';

const service = { name: 'alertd', version: '0.0.0', environment: 'test', node: { name: 'test' } };

/** Sure of everything that says "casino", and that all else is ordinary talk. */
const model: Model = {
  id: 'test',
  prior: 0.5,
  trainedOn: 'nothing',
  classify: ({ folded }) => ({ logit: folded.text.includes('casino') ? 8 : -4, covered: true, reason: 'test' }),
};

/** Cannot tell, as with a text of a kind that it never learned. */
export const INDIFFERENT: Model = { ...model, classify: () => ({ logit: 0, covered: true, reason: 'test' }) };

/** Without a language model. */
const CONFIG: AlertdConfig = {
  JOURNAL_SAMPLE: 'all',
  HISTORY_DAYS: 180,
  LLM_TIMEOUT_MS: 20_000,
  LLM_CONCURRENCY: 2,
  LLM_DAILY_MAX: 200,
};

export async function aRunningAlertd(
  change: (store: Store) => Store = (store) => store,
  config: Partial<AlertdConfig> & { model?: Model } = {},
) {
  const { model: given = model, ...settings } = config;
  const clock = manualClock(NOON + 1000);
  const database = await createTestDatabase();
  const opened = await openStore({ url: database.url, clock: systemClock() });
  const store = change(opened);
  const keys = createFolderKeys({ dir: mkdtempSync(join(tmpdir(), 'chatwarden-keys-')) });
  const logStore = createPostgresLogStore({ sql: opened.sql, clock, keepDays: 7 });
  const bus = createInProcessBus({ clock: systemClock(), deadLetters: store.deadLetters, deadlineMs: 10_000 });
  const metrics = createMetrics({ service, processMetrics: false });
  const source = { service, labels: {} };
  const detector = { version: '0.0.0', model: 'test' };
  const log = silentLogger();
  const alertd = wire(
    { bus, store, logStore, keys, model: given, detector, clock, log, metrics, source, keepDays: 7 },
    { ...CONFIG, ...settings },
  );
  await alertd.start();
  const verdicts: Verdict[] = [];
  await bus.subscribe({
    topic: 'verdicts',
    group: 'seen',
    batchMax: 100,
    handle: (batch) => {
      verdicts.push(...batch);
      return Promise.resolve([]);
    },
  });
  onTestFinished(async () => {
    await alertd.stop();
    await bus.close();
    await opened.close();
    await database.drop();
  });
  const seenChat = { botId: BOT_ID, chatId: CHAT_ID, type: 'supergroup', title: 'Gardeners' } as const;
  const made = await store.groups.ensureGroup(seenChat, policyFromPreset('balanced', 'enforce'));
  const groupId = made?.group.groupId ?? '';
  const revision = made?.revision ?? 0;
  const event = (parts: EventParts) => anEvent({ groupId, revision, ...parts });
  return { store, clock, keys, bus, logStore, verdicts, groupId, revision, event, metrics };
}
