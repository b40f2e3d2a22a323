import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { collect } from './collect.ts';
import { readLabelled } from './read-labelled.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-labelled-'));
});
afterEach(async () => rm(folder, { recursive: true }));

async function read(content: string, name = 'corpus'): Promise<unknown[]> {
  const file = join(folder, name);
  await writeFile(file, content);
  return collect(readLabelled(file));
}

test('JSON lines give text, label, language and what stands outside the text', async () => {
  const rows = await read(
    '{"text":"hi","label":"ham","lang":"en"}\n\n{"text":"hello","label":"spam","meta":{"name":"Cheap loans"}}\n',
  );
  expect(rows).toEqual([
    { text: 'hi', label: 'ham', lang: 'en' },
    { text: 'hello', label: 'spam', meta: { name: 'Cheap loans' } },
  ]);
});

test('CSV columns may stand in any order, beside others, after a byte order mark', async () => {
  const rows = await read('\uFEFFlabel, id,text\r\nham,1,"well, yes"\r\nspam,2,"two\r\nlines"\r\n');
  expect(rows).toEqual([
    { text: 'well, yes', label: 'ham' },
    { text: 'two\r\nlines', label: 'spam' },
  ]);
});

test('labels may be 1 and 0, in any case and with space around them', async () => {
  const rows = await read('text,label\na,1\nb, 0\nc,SPAM\n');
  expect(rows).toMatchObject([{ label: 'spam' }, { label: 'ham' }, { label: 'spam' }]);
});

test('quotes inside an unquoted field are text', async () => {
  expect(await read('text,label\nthe "big" one,ham\n')).toEqual([{ text: 'the "big" one', label: 'ham' }]);
});

test('an unknown label is an error with its line', async () => {
  await expect(read('text,label\na,ham\nb,maybe\n')).rejects.toThrow(
    /line 3: label "maybe" is none of spam, ham, 1, 0/,
  );
});

test('a row with too few columns is an error with its line', async () => {
  await expect(read('text,label\na,ham\nb\n')).rejects.toThrow(/line 3: Invalid Record Length/);
});

test('a file without a text column says what was expected', async () => {
  await expect(read('body,label\na,ham\n')).rejects.toThrow(/line 2: no text: expected/);
});

test('a line that is no JSON is an error with its line', async () => {
  await expect(read('{"text":"a","label":"ham"}\n{"text":"b"\n')).rejects.toThrow(/line 2: no text/);
});

test('a JSON line without a label is an error with its line', async () => {
  await expect(read('{"text":"a"}\n')).rejects.toThrow(/line 1: label undefined/);
});

test('what stands before a bad line has been read', async () => {
  const file = join(folder, 'corpus');
  await writeFile(file, '{"text":"a","label":"ham"}\n3\n');
  const texts: string[] = [];
  const reading = (async () => {
    for await (const row of readLabelled(file)) texts.push(row.text);
  })();
  await expect(reading).rejects.toThrow(/line 2/);
  expect(texts).toEqual(['a']);
});

test('columns may have the names that public sets give them', async () => {
  expect(await read('CONTENT,CLASS\nlovely song,0\n')).toEqual([{ text: 'lovely song', label: 'ham' }]);
  expect(await read('label,message\n1,write me\n')).toEqual([{ text: 'write me', label: 'spam' }]);
});
