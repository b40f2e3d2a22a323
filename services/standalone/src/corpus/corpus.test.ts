import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { figuresOf } from './figures.ts';
import { formatSummary } from './format-summary.ts';
import type { JudgedRow } from './judged-row.ts';
import { listFiles } from './list-files.ts';
import { summarise } from './summarise.ts';

const row = (label: JudgedRow['label'], outcome: JudgedRow['outcome'], over: Partial<JudgedRow> = {}): JudgedRow => ({
  text: `${label} ${outcome}`,
  label,
  outcome,
  chatId: -1,
  messageId: 1,
  ...over,
});
const rows = [
  row('spam', 'act', { lang: 'en' }),
  row('spam', 'ask', { lang: 'ru' }),
  row('spam', 'allow', { text: `missed\n${'long '.repeat(60)}` }),
  row('ham', 'act', { text: 'wrong\u001b[31m one' }),
  row('ham', 'ask'),
  row('ham', 'allow'),
];

describe('what a corpus run came to', () => {
  test('acted on alone, and with what was asked about', () => {
    const { act, actOrAsk } = figuresOf(rows);
    expect(act).toMatchObject({
      truePositives: 1,
      falsePositives: 1,
      falseNegatives: 2,
      trueNegatives: 2,
      precision: 0.5,
    });
    expect(actOrAsk).toMatchObject({
      truePositives: 2,
      falsePositives: 2,
      falseNegatives: 1,
      trueNegatives: 1,
      recall: 2 / 3,
    });
  });

  test('nothing found has no precision, rather than a perfect one', () => {
    expect(figuresOf([row('ham', 'allow')]).act.precision).toBeNull();
  });

  test('mistakes are shown shortened and cannot steer the terminal', () => {
    const summary = { ...summarise({ file: 'rows.csv', empty: 1, cut: 2, rows }) };
    const text = formatSummary({
      files: [summary, summary],
      skipped: [{ file: 'x.csv', why: 'no label' }],
      total: figuresOf(rows),
      interrupted: true,
    });
    expect(text).toContain('6 messages (3 spam, 3 honest); 1 without text skipped; 2 cut to 4096 characters');
    expect(text).toContain('2 of 3 honest messages deleted or asked about');
    expect(text).toContain('1 of 3 spam messages left alone');
    expect(text).toMatch(/missed long[^\n]*…/);
    expect(text).not.toContain('\u001b');
    expect(text).toContain('x.csv: no label');
    expect(text).toContain('all 2 files');
    expect(text).toContain('stopped before the end');
  });

  test('a reason that was looked up stands beside the mistake', () => {
    const [mistake] = summarise({ file: 'f', empty: 0, cut: 0, rows }).falsePositives;
    const why = { score: 0.93, reasons: ['1 link'] };
    const summary = {
      ...summarise({ file: 'f', empty: 0, cut: 0, rows }),
      falsePositives: mistake ? [{ ...mistake, why }] : [],
    };
    expect(formatSummary({ files: [summary], skipped: [], total: figuresOf(rows), interrupted: false })).toContain(
      '[0.93: 1 link]',
    );
  });
});

describe('which files are read', () => {
  test('a folder gives its jsonl and csv files, in folders below too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chatwarden-corpus-'));
    mkdirSync(join(folder, 'deep'));
    for (const name of ['a.csv', 'b.txt', 'deep/c.jsonl']) writeFileSync(join(folder, name), '');
    const { files, passOver } = await listFiles(folder);
    expect(files.map((file) => file.slice(folder.length + 1))).toEqual(['a.csv', 'deep/c.jsonl']);
    expect(passOver).toBe(true);
    expect(await listFiles(join(folder, 'a.csv'))).toEqual({ files: [join(folder, 'a.csv')], passOver: false });
  });

  test('what is not there is named', async () => {
    await expect(listFiles('/nowhere')).rejects.toThrow('/nowhere');
  });
});
