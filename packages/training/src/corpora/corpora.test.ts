import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CORPORA, corpusNamed, readCorpus } from './corpora.ts';
import { readOwnCorpus, teachesText } from './own-corpus.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpora-'));
});
afterEach(async () => rm(folder, { recursive: true }));

async function read(name: string, files: Record<string, string>): Promise<unknown[]> {
  for (const [file, content] of Object.entries(files)) {
    const path = join(folder, corpusNamed(name).folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return readCorpus(corpusNamed(name), folder);
}

test('tg-spam samples are one message a line, a file a label', async () => {
  const rows = await read('tg-spam-samples', { 'spam-samples.txt': 'buy now\n\n', 'ham-samples.txt': 'hi\nyes\n' });
  expect(rows).toEqual([
    { text: 'buy now', label: 'spam' },
    { text: 'hi', label: 'ham' },
    { text: 'yes', label: 'ham' },
  ]);
});

test('monalenka and the UCI SMS are CSV of text and label', async () => {
  expect(await read('monalenka-ru', { 'combined.csv': 'text,label\n"да, да",ham\n' })).toEqual([
    { text: 'да, да', label: 'ham', lang: 'ru' },
  ]);
  expect(await read('uci-sms', { 'sms_spam.csv': 'label,text\nspam,Free entry\n' })).toEqual([
    { text: 'Free entry', label: 'spam', lang: 'en' },
  ]);
});

test('of the translated SMS one column is one set', async () => {
  const files = { 'data-en-hi-de-fr.csv': 'labels,English,German,French\nham,yes,ja,oui\n' };
  expect(await read('sms-de', files)).toEqual([{ text: 'ja', label: 'ham', lang: 'de' }]);
  expect(await read('sms-fr', files)).toEqual([{ text: 'oui', label: 'ham', lang: 'fr' }]);
});

test('YouTube comments lose the invisible mark that gives the label away', async () => {
  const header = 'COMMENT_ID,AUTHOR,DATE,CONTENT,CLASS';
  const rows = await read('youtube-spam', {
    'b.csv': `${header}\n2,b,,nice\uFEFF,0\n`,
    'a.csv': `${header}\n1,a,,subscribe\uFEFF,1\n`,
    'notes.txt': 'no corpus',
  });
  expect(rows).toEqual([
    { text: 'subscribe', label: 'spam', lang: 'en' },
    { text: 'nice', label: 'ham', lang: 'en' },
  ]);
});

test('Thai SMS: one-time passwords are honest, adverts are not', async () => {
  const rows = await read('thai-sms', {
    'ok.txt': 'OK|ก\n',
    'otp.txt': 'OTP|ข|ค\n',
    'spam.txt': 'spam|ง\n',
    'scam.txt': 'scam|จ\n',
  });
  expect(rows).toEqual([
    { text: 'ก', label: 'ham', lang: 'th' },
    { text: 'ข|ค', label: 'ham', lang: 'th' },
    { text: 'ง', label: 'spam', lang: 'th' },
    { text: 'จ', label: 'spam', lang: 'th' },
  ]);
});

test('the Russian Telegram set loses the placeholders that give the label away', async () => {
  const rows = await read('tizhproger-telegram-ru', {
    'telegram_spam_ru.csv': 'label,message\n1,Пишите [USERNAME] от 50[CURRENCY]\n0,см. [LINK]\n',
  });
  expect(rows).toEqual([
    { text: 'Пишите   от 50', label: 'spam', lang: 'ru' },
    { text: 'см.', label: 'ham', lang: 'ru' },
  ]);
});

test('a set without its column is an error with its line', async () => {
  await expect(read('uci-sms', { 'sms_spam.csv': 'kind,text\nspam,Free\n' })).rejects.toThrow(
    /line 2: no text, or label/,
  );
});

test('a set whose licence forbids it never trains', () => {
  expect(CORPORA.filter((corpus) => !corpus.mayTrain).map((corpus) => corpus.name)).toEqual(['tizhproger-telegram-ru']);
  const licences = CORPORA.filter((corpus) => corpus.mayTrain).map((corpus) => corpus.licence);
  for (const licence of licences) expect(licence).toMatch(/^(MIT|CC BY 4\.0|CC0)$/);
});

test('a name that is no set is answered with those that are', () => {
  expect(() => corpusNamed('nope')).toThrow(/no set is named nope; there are tg-spam-samples/);
});

test('our own corpus has both labels in every language', async () => {
  const byLanguage = Map.groupBy(await readOwnCorpus(), (row) => row.lang);
  expect(byLanguage.size).toBe(16);
  for (const rows of byLanguage.values())
    expect(new Set(rows.map((row) => row.label))).toEqual(new Set(['spam', 'ham']));
});

test('spam that is harmless as text does not teach a text model', async () => {
  const rows = await readOwnCorpus();
  expect(rows.filter((row) => row.meta !== undefined && row.label === 'spam').some(teachesText)).toBe(false);
  expect(rows.filter((row) => row.label === 'ham').every(teachesText)).toBe(true);
});
