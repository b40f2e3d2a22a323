import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@chatwarden/daemon';
import { createFakeTelegram, type FakeTelegram } from '@chatwarden/fake-telegram';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { formatSummary } from './format-summary.ts';
import { runCorpus, type CorpusDeps } from './run-corpus.ts';

const BOT = { id: 700, token: '700:corpus' };
const HEADERS = { 'content-type': 'application/json' };
const CARD = { inline_keyboard: [[{ text: 'Not spam', callback_data: 'stay' }]] };

interface Heard {
  update_id: number;
  message?: { message_id: number; text?: string; chat: { id: number } };
}

/** A bot as simple as can be: deletes what says "casino", asks about what says "maybe". */
async function startBot(apiRoot: string, signal: AbortSignal): Promise<void> {
  const call = async (method: string, parameters: object) => {
    const request = { method: 'POST', headers: HEADERS, body: JSON.stringify(parameters), signal };
    return ((await (await fetch(`${apiRoot}/bot${BOT.token}/${method}`, request)).json()) as { result: unknown })
      .result;
  };
  let offset = 0;
  while (!signal.aborted) {
    const updates = (await call('getUpdates', { offset, timeout: 1 })) as Heard[];
    for (const { update_id: id, message } of updates) {
      offset = id + 1;
      if (!message?.text) continue;
      const about = { chat_id: message.chat.id, message_id: message.message_id };
      if (message.text.includes('casino')) await call('deleteMessage', about);
      if (message.text.includes('maybe')) {
        await call('sendMessage', { ...about, text: 'Spam?', reply_markup: CARD, reply_parameters: about });
      }
    }
  }
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpus-'));
  onTestFinished(() => rm(folder, { recursive: true }));
});

async function aRun(file: string, over: Partial<CorpusDeps> = {}) {
  const fake = createFakeTelegram({ bots: [BOT], limits: 'none' });
  const stopping = new AbortController();
  const { apiRoot } = await fake.listen({ port: 0 });
  const bot = startBot(apiRoot, stopping.signal).catch(() => undefined);
  onTestFinished(async () => {
    stopping.abort();
    await bot;
    await fake.close();
  });
  let settledTimes = 0;
  const settled = () => {
    settledTimes += 1;
    return Promise.resolve();
  };
  const log = { info: () => undefined };
  const clock = systemClock();
  const run = runCorpus({ fake, bot: BOT, file, clock, signal: stopping.signal, settled, log, ...over });
  return { fake, run, stopping, settledTimes: () => settledTimes };
}

const jsonl = (rows: object[]) => rows.map((row) => JSON.stringify(row)).join('\n');
const write = async (name: string, text: string) => {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
};

const effects = (fake: FakeTelegram, kind: string, byId = BOT.id) =>
  fake.record.effects.filter((effect) => effect.kind === kind && effect.byId === byId);

describe('a corpus run', () => {
  it('says what its summary says, by the record of the fake', async () => {
    const rows = Array.from({ length: 400 }, (_, index) => {
      const text = ['casino bonus', 'maybe a job', 'hello there', 'casino royale is a film', 'spam unseen'][index % 5];
      return { text: `${text} ${index}`, label: [1, 1, 0, 0, 1][index % 5] };
    });
    const file = await write('rows.jsonl', jsonl([...rows, { text: ' ', label: 'ham' }]));
    const { fake, run, settledTimes } = await aRun(file);
    const { files, total, interrupted } = await run;
    expect(interrupted).toBe(false);
    expect(files).toMatchObject([{ file, rows: 400, empty: 1, cut: 0, spam: 240, ham: 160 }]);
    expect(total.act).toMatchObject({ truePositives: 80, falsePositives: 80, falseNegatives: 160, trueNegatives: 80 });
    expect(total.actOrAsk).toMatchObject({ truePositives: 160, falsePositives: 80 });
    expect(total.act.truePositives + total.act.falsePositives).toBe(effects(fake, 'messageDeleted').length);
    expect(total.actOrAsk.truePositives - total.act.truePositives).toBe(effects(fake, 'messageSent').length);
    expect(settledTimes()).toBe(1);
  });

  it('lets every message be said by a newcomer of its own, in a group marked as demo', async () => {
    const { fake, run } = await aRun(await write('a.csv', 'label,text\nham,one\nham,two\nspam,casino\n'));
    await run;
    const chat = fake.human.chats().find(({ title }) => title === 'Labelled messages (demo)');
    const said = fake.human.messages({ chat: chat?.key ?? 0 }).filter(({ message }) => message.text);
    expect(said.map(({ message }) => message.text)).toEqual(['one', 'two', 'casino']);
    expect(new Set(said.map(({ message }) => message.from?.id)).size).toBe(3);
  });

  it('never lets more than some hundred updates wait', async () => {
    const file = await write('many.jsonl', jsonl(Array.from({ length: 900 }, () => ({ text: 'hello', label: 0 }))));
    const { fake, run } = await aRun(file);
    const { total } = await run;
    expect(total.rows).toBe(900);
    const longest = Math.max(
      ...fake.record.deliveries.map(({ confirmedAtMs = 0 }, index, all) => {
        const later = all.slice(index).findIndex(({ queuedAtMs }) => queuedAtMs > confirmedAtMs);
        return later < 0 ? all.length - index : later;
      }),
    );
    expect(longest).toBeLessThan(700);
  });

  it('explains its mistakes where that can be looked up', async () => {
    const file = await write('a.csv', 'text,label\ncasino film,ham\nunseen,spam\n');
    const explain = (_chat: number, id: number) =>
      Promise.resolve(id % 2 === 0 ? { score: 0.9, reasons: ['the word casino'] } : null);
    const { run } = await aRun(file, { explain });
    const summary = await run;
    const mistakes = [...(summary.files[0]?.falsePositives ?? []), ...(summary.files[0]?.falseNegatives ?? [])];
    expect(mistakes.map(({ text }) => text)).toEqual(['casino film', 'unseen']);
    expect(mistakes.filter(({ messageId, why }) => (messageId % 2 === 0) !== (why !== undefined))).toEqual([]);
    expect(formatSummary(summary)).toContain('casino film');
  });

  it('takes the files of a folder one by one and says which it could not read', async () => {
    await mkdir(join(folder, 'more'));
    await write('a.csv', 'text,label\ncasino,spam\n');
    await write('more/b.jsonl', jsonl([{ text: 'hello', label: 'ham', lang: 'en' }]));
    await write('c.csv', 'body,class\nx,1\n');
    await write('notes.txt', 'not a corpus');
    const { files, skipped, total } = await (await aRun(folder)).run;
    expect(files.map(({ file }) => file.slice(folder.length))).toEqual(['/a.csv', '/more/b.jsonl']);
    expect(skipped).toHaveLength(1);
    expect(skipped[0]?.why).toContain('c.csv, line 2');
    expect(total.rows).toBe(2);
  });

  it.each([
    ['none.csv', null, 'there is no file or folder'],
    ['wrong.csv', 'body,class\nx,1\n', 'wrong.csv, line 2: no text'],
    [
      'label.jsonl',
      jsonl([
        { text: 'a', label: 'ham' },
        { text: 'b', label: 'perhaps' },
      ]),
      'label.jsonl, line 2: label',
    ],
  ])('refuses %s and says why, before anything is said', async (name, text, why) => {
    const file = text === null ? join(folder, name) : await write(name, text);
    const { run, fake } = await aRun(file);
    await expect(run).rejects.toThrow(why);
    expect(fake.record.effects.filter(({ kind }) => kind === 'memberJoined')).toEqual([]);
  });

  it('refuses a folder without any file that it could read', async () => {
    await expect((await aRun(folder)).run).rejects.toThrow('no .jsonl or .csv file');
  });

  it('stops when told to, counting only what was finished', async () => {
    const file = await write('a.jsonl', jsonl(Array.from({ length: 3000 }, () => ({ text: 'hello', label: 0 }))));
    const { run, stopping } = await aRun(file);
    stopping.abort();
    expect(await run).toMatchObject({ files: [], interrupted: true, total: { rows: 0 } });
  });
});
