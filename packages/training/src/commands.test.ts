import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { evaluateCommand } from './evaluate-command.ts';
import { trainCommand, trainingSamples } from './train-command.ts';

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

test('training samples are our own corpus and the named sets, in this order', async () => {
  await writeSet('tg-spam-samples', { 'spam-samples.txt': 'buy\n', 'ham-samples.txt': 'hello\n' });
  const samples = await trainingSamples(['tg-spam-samples'], folder);
  expect(samples.slice(-2).map(({ text, from, spam }) => [text, from, spam])).toEqual([
    ['buy', 'tg-spam-samples', true],
    ['hello', 'tg-spam-samples', false],
  ]);
  expect(samples.at(0)?.from).toBe('own corpus');
});

test('the shipped model is evaluated without any data set folder', async () => {
  await evaluateCommand(['--no-folds', '--json', join(folder, 'figures.json')], said);
  expect(lines[0]).toMatch(/^model [0-9a-f]{16}, trained on own corpus/);
  expect(JSON.parse(await readFile(join(folder, 'figures.json'), 'utf8'))).toMatchObject({ unseen: [], folds: [] });
});

async function writeSet(name: string, files: Record<string, string>): Promise<void> {
  await mkdir(join(folder, name));
  for (const [file, content] of Object.entries(files)) await writeFile(join(folder, name, file), content);
}
