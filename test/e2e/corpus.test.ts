import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentLogger, systemClock } from '@chatwarden/daemon';
import { feed } from '@chatwarden/standalone';
import { expect, test } from 'vitest';
import { aDataDir, startApp } from './a-community.ts';

const ROWS = [
  { text: 'FREE CASINO BONUS! 500$ for every new player, write me now t.me/lucky_bonus_bot', label: 'spam' },
  {
    text: 'Набираю людей в команду, заработок от 200$ в день, без вложений. Пишите в лс @zarabotok_manager',
    label: 'spam',
  },
  { text: 'ok', label: 'spam' },
  { text: 'the tomatoes on my balcony are ripe at last', label: 'ham' },
  { text: 'кто-нибудь знает хорошего стоматолога рядом?', label: 'ham' },
  { text: '', label: 'ham' },
];

test("a corpus run's summary is what the simulated Telegram shows", async () => {
  const file = join(aDataDir(), 'rows.jsonl');
  writeFileSync(file, ROWS.map((row) => JSON.stringify(row)).join('\n'));
  const app = await startApp({ CORPUS: file });
  const printed: string[] = [];
  const print = (line: string) => void printed.push(line);
  const deps = { clock: systemClock(), log: silentLogger(), print, signal: new AbortController().signal };
  await feed(app, { ...deps, config: { CORPUS: file, SPEED: 1 } });

  const summary = printed.join('\n');
  const deleted = app.fake?.record.effects.filter((effect) => effect.kind === 'messageDeleted') ?? [];
  const said = app.fake?.human.messages({ chat: deleted[0]?.chatId ?? 0 }) ?? [];
  const textOf = (id: number | undefined) => said.find((stored) => stored.message.message_id === id)?.message.text;
  const spam = new Set(ROWS.filter((row) => row.label === 'spam').map((row) => row.text));
  const right = deleted.filter((effect) => spam.has(textOf(effect.messageId) ?? '')).length;

  expect(deleted.length).toBeGreaterThan(0);
  expect(summary).toContain('5 messages (3 spam, 2 honest); 1 without text skipped');
  expect(summary).toContain(`(${right} right, ${deleted.length - right} wrong, ${3 - right} missed`);
});

test('a file that is not there is named', async () => {
  const app = await startApp({ CORPUS: '/nowhere/rows.jsonl' });
  const deps = {
    clock: systemClock(),
    log: silentLogger(),
    print: () => undefined,
    signal: new AbortController().signal,
  };
  const fed = feed(app, { ...deps, config: { CORPUS: '/nowhere/rows.jsonl', SPEED: 1 } });
  await expect(fed).rejects.toThrow('/nowhere/rows.jsonl');
});
