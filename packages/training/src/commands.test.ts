import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeModel } from '@chatwarden/detector';
import { evaluateCommand } from './evaluate-command.ts';
import type { Evaluation } from './evaluate/evaluation.ts';
import { foldText } from './fold-text.ts';
import { trainCommand, trainingSamples } from './train-command.ts';

/** Coverage makes everything several times slower. */
const SLOW = { timeout: 120_000 };

let folder: string;
let lines: string[];
const said = { say: (line: string): void => void lines.push(line) };
beforeEach(async () => {
  lines = [];
  folder = await mkdtemp(join(tmpdir(), 'training-'));
});
afterEach(async () => rm(folder, { recursive: true }));

test('both commands explain themselves', async () => {
  await trainCommand(['--help'], said);
  await evaluateCommand(['--help'], said);
  expect(lines.join('\n')).toMatch(/--datasets <folder>[\s\S]*--json <file>/);
});

test('an unknown option is refused', async () => {
  await expect(trainCommand(['--dataset', folder], said)).rejects.toThrow(/--dataset/);
});

test('a set for evaluation only is refused as training data', async () => {
  await expect(trainingSamples(['tizhproger-telegram-ru'], folder)).rejects.toThrow(/evaluation only \(GPL/);
});

test('training samples are our own corpus and the named sets, in this order', SLOW, async () => {
  await writeSet('tg-spam-samples', { 'spam-samples.txt': 'buy\n', 'ham-samples.txt': 'hello\n' });
  const samples = await trainingSamples(['tg-spam-samples'], folder);
  expect(samples.slice(-2).map(({ text, from, spam }) => [text, from, spam])).toEqual([
    ['buy', 'tg-spam-samples', true],
    ['hello', 'tg-spam-samples', false],
  ]);
  expect(samples.at(0)?.from).toBe('own corpus');
});

test('without any public set the shipped model is measured on the set in this repository', SLOW, async () => {
  await evaluateCommand(['--quick', '--json', join(folder, 'figures.json')], said);
  expect(lines.join('\n')).toMatch(/Model `[0-9a-f]{16}`, trained on own corpus/);
  const { unseen } = JSON.parse(await readFile(join(folder, 'figures.json'), 'utf8')) as Evaluation;
  expect(new Set(unseen.map(({ set }) => set))).toEqual(new Set(['repository']));
});

test('a headline figure that fell by more than its noise fails the command', SLOW, async () => {
  const file = join(folder, 'figures.json');
  await evaluateCommand(['--quick', '--json', file, '--report', join(folder, 'page.md')], said);
  await evaluateCommand(['--quick', '--against', file, '--report', join(folder, 'page.md')], said);
  expect(lines.at(-1)).toMatch(/headline figures, none fell/);
  const recorded = JSON.parse(await readFile(file, 'utf8')) as Evaluation;
  const headline = recorded.headline.map((figure) => ({ ...figure, value: 1, low: 0.999 }));
  await writeFile(file, JSON.stringify({ ...recorded, headline }));
  await expect(
    evaluateCommand(['--quick', '--against', file, '--report', join(folder, 'page.md')], said),
  ).rejects.toThrow(/fell by more than their noise:\nrepository: /);
});

test('sets that the model never saw are scored beside the baselines', SLOW, async () => {
  const rows = (columns: string, spam: string, ham: string) =>
    [columns, ...Array.from({ length: 8 }, () => `${spam}\n${ham}`)].join('\n');
  await writeSet('tg-spam-samples', {
    'spam-samples.txt': 'buy cheap followers now\n',
    'ham-samples.txt': 'hello there friends\n',
  });
  await writeSet('monalenka-ru', {
    'combined.csv': rows('text,label', 'заработок без вложений,spam', 'привет всем,ham'),
  });
  await writeSet('roberta-spam-sms', {
    'sms_spam.csv': rows('label,text', 'spam,Free entry win a prize', 'ham,see you at home'),
  });
  await writeSet('sms-multilingual-en-hi-de-fr', {
    'data-en-hi-de-fr.csv': rows(
      'labels,English,German,French',
      'spam,win,gewinnen Sie jetzt,gagnez maintenant',
      'ham,yes,ja bis morgen,oui demain',
    ),
  });
  await writeSet('youtube-spam', { 'a.csv': rows('CONTENT,CLASS', 'subscribe to my channel,1', 'lovely song,0') });
  const thai = {
    'ok.txt': 'ok|สวัสดี\n',
    'otp.txt': 'otp|รหัส 1234\n',
    'spam.txt': 'spam|เงินด่วน\n',
    'scam.txt': 'scam|คลิกเลย\n',
  };
  await writeSet('thai-sms', thai);
  await writeSet('tizhproger-telegram-ru', {
    'telegram_spam_ru.csv': rows('label,message', '1,Пишите в личку', '0,добрый день'),
  });
  await evaluateCommand(['--quick', '--datasets', folder, '--json', join(folder, 'figures.json')], said);
  const { unseen } = JSON.parse(await readFile(join(folder, 'figures.json'), 'utf8')) as {
    unseen: { set: string; scorer: string }[];
  };
  expect(new Set(unseen.map(({ set }) => set))).not.toContain('tg-spam-samples');
  expect(new Set(unseen.map(({ scorer }) => scorer)).size).toBe(4);
  expect(lines.join('\n')).toContain('The shipped model on sets it never saw');
});

test('a set that nobody knows is refused', async () => {
  const args = ['--datasets', folder, '--sets', 'nowhere'];
  await expect(trainCommand(args, said)).rejects.toThrow('no set is named nowhere');
});

test('a corpus alone makes a model, which says that it is not the one that ships', async () => {
  const out = join(folder, 'made', 'model.bin');
  const russian = await readFile(new URL('../corpus/ru.jsonl', import.meta.url), 'utf8');
  await writeSet('corpus', { 'ru.jsonl': russian.split('\n').slice(0, 900).join('\n') });
  await trainCommand(['--corpus', join(folder, 'corpus'), '--out', out], said);
  expect(lines.at(-1)).toContain('not the one that ships');
  const model = decodeModel(await readFile(out));
  expect(model.trainedOn).toMatch(/^own corpus/);
  expect(
    model.classify({
      folded: foldText(
        'Набираю людей в команду, удаленный заработок от 200 долларов в день, без вложений, пишите в личку',
      ),
    }).logit,
  ).toBeGreaterThan(0);
}, 600_000);

async function writeSet(name: string, files: Record<string, string>): Promise<void> {
  await mkdir(join(folder, name));
  for (const [file, content] of Object.entries(files)) await writeFile(join(folder, name, file), content);
}
