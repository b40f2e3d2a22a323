import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createFolderKeys, openText } from '@chatwarden/keys';
import { expect, test } from 'vitest';
import { aCommunity, aDataDir, startApp, until } from './a-community.ts';

const SPAM = 'FREE CASINO BONUS 500$ today only t.me/lucky_bonus_bot';

test('an erased group cannot be read from a database that is put back from a backup', async () => {
  const dir = aDataDir();
  const keysDir = aDataDir();
  const env = { DATA_DIR: dir, KEYS_DIR: keysDir };
  const database = join(dir, 'postgres');
  const backup = join(aDataDir(), 'postgres');

  const first = await aCommunity(env);
  first.fake.human.talk({ chat: first.chat, from: first.spammer, message: { text: SPAM } });
  const evidence = await until(() => anyEvidence(first.app.store));
  const key = await createFolderKeys({ dir: keysDir }).key(evidence.groupId, 'seal');
  expect(openText(key, { groupId: evidence.groupId, rowId: evidence.verdictId }, evidence.sealed)).toContain('CASINO');
  await first.app.stop();
  copy(database, backup);

  // The fake gives the same ids to the same steps, so this is the same chat.
  const second = await aCommunity(env);
  second.fake.human.talk({ chat: second.chat, from: second.owner, message: { text: '/erase everything' } });
  await until(async () => (await second.app.store.groups.listGroups()).length === 0);
  await second.app.stop();
  await expect(createFolderKeys({ dir: keysDir }).key(evidence.groupId, 'seal')).rejects.toMatchObject({
    code: 'keyDestroyed',
  });

  rmSync(database, { recursive: true });
  copy(backup, database);
  const third = await startApp(env);
  await until(async () => (await third.store.purges.listPurges(1))[0]?.what === 'group');
  expect(await third.store.groups.listGroups()).toEqual([]);
  expect(await anyEvidence(third.store)).toBeNull();
});

/** Owners as well: the server may run under an account of its own. */
function copy(from: string, to: string): void {
  execFileSync('cp', ['-a', from, to]);
}

async function anyEvidence(store: Awaited<ReturnType<typeof startApp>>['store']) {
  const [row] = await store.sql.query<{ groupId: string; verdictId: string; sealed: Uint8Array }>(
    'test_any_evidence',
    'select group_id as "groupId", verdict_id as "verdictId", sealed from evidence limit 1',
    [],
  );
  return row ?? null;
}
