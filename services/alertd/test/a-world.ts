/** What every test of alertd stands on: a real PostgreSQL, the in-process bus, keys, a group, and who sees the verdicts. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInProcessBus } from '@chatwarden/bus';
import { policyFromPreset, type Verdict } from '@chatwarden/contracts';
import { systemClock } from '@chatwarden/daemon';
import { createFolderKeys } from '@chatwarden/keys';
import { openStore } from '@chatwarden/store';
import { BOT_ID, CHAT_ID, manualClock, NOON } from '@chatwarden/testkit';
import { createTestDatabase } from '@chatwarden/testkit/postgres';
import { onTestFinished } from 'vitest';

export async function aWorld() {
  const clock = manualClock(NOON + 1000);
  const database = await createTestDatabase();
  const store = await openStore({ url: database.url, clock: systemClock() });
  const keys = createFolderKeys({ dir: mkdtempSync(join(tmpdir(), 'chatwarden-keys-')) });
  const bus = createInProcessBus({ clock: systemClock(), deadLetters: store.deadLetters, deadlineMs: 10_000 });
  onTestFinished(async () => {
    await bus.close();
    await store.close();
    await database.drop();
  });
  const seenChat = { botId: BOT_ID, chatId: CHAT_ID, type: 'supergroup', title: 'Gardeners' } as const;
  const made = await store.groups.ensureGroup(seenChat, policyFromPreset('balanced', 'enforce'));
  const groupId = made?.group.groupId ?? '';
  const revision = made?.revision ?? 0;

  /** To be called once everybody else has subscribed. */
  async function seeVerdicts(): Promise<Verdict[]> {
    const verdicts: Verdict[] = [];
    const handle = (batch: readonly Verdict[]) => {
      verdicts.push(...batch);
      return Promise.resolve([]);
    };
    await bus.subscribe({ topic: 'verdicts', group: 'seen', batchMax: 100, handle });
    return verdicts;
  }

  return { clock, store, keys, bus, groupId, revision, seeVerdicts };
}
