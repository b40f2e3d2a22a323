import { describe, expect, it } from 'vitest';
import { figuresOf } from './figures.ts';
import { formatSummary } from './format-summary.ts';
import type { JudgedRow } from './judged-row.ts';
import { summarise, type CorpusSummary } from './summarise.ts';

const row = (label: JudgedRow['label'], outcome: JudgedRow['outcome'], over: Partial<JudgedRow> = {}): JudgedRow => ({
  text: `${label} that was ${outcome}`,
  label,
  outcome,
  chatId: -100,
  messageId: 1,
  ...over,
});

const times = (count: number, made: JudgedRow) => Array.from({ length: count }, () => made);

/** 10 spam: 6 deleted, 2 asked about, 2 left alone. 20 honest: 1 deleted, 3 asked about. */
const ROWS = [
  ...times(6, row('spam', 'act')),
  ...times(2, row('spam', 'ask')),
  ...times(2, row('spam', 'allow')),
  ...times(3, row('ham', 'ask')),
  row('ham', 'act'),
  ...times(16, row('ham', 'allow')),
];
const FED = { file: 'a.csv', empty: 0, cut: 0, rows: ROWS };

const whole = (over: Partial<CorpusSummary> = {}): CorpusSummary => ({
  files: [summarise(FED)],
  skipped: [],
  total: figuresOf(ROWS),
  interrupted: false,
  ...over,
});

describe('the figures of a corpus', () => {
  it('count deletions alone, and deletions with questions', () => {
    const { act, actOrAsk, rows, spam, ham } = figuresOf(ROWS);
    expect({ rows, spam, ham }).toEqual({ rows: 30, spam: 10, ham: 20 });
    expect(act).toMatchObject({ truePositives: 6, falsePositives: 1, falseNegatives: 4, trueNegatives: 19 });
    expect(act.precision).toBeCloseTo(6 / 7);
    expect(act.recall).toBeCloseTo(0.6);
    expect(act.f1).toBeCloseTo(12 / 17);
    expect(actOrAsk).toMatchObject({ truePositives: 8, falsePositives: 4, falseNegatives: 2, trueNegatives: 16 });
  });

  it('are unknown where there is nothing to divide by', () => {
    expect(figuresOf([]).act).toMatchObject({ precision: null, recall: null, f1: null });
    expect(figuresOf([row('ham', 'allow')]).act).toMatchObject({ precision: null, recall: null });
  });
});

describe('the summary of a file', () => {
  it('tells languages apart where they are named, the largest first', () => {
    const rows = [
      row('spam', 'act', { lang: 'en' }),
      row('spam', 'act', { lang: 'ru' }),
      row('ham', 'act', { lang: 'ru' }),
      row('ham', 'allow'),
    ];
    const { byLanguage } = summarise({ ...FED, rows });
    expect(byLanguage.map(({ lang, rows: count }) => [lang, count])).toEqual([
      ['ru', 2],
      ['en', 1],
    ]);
    expect(byLanguage[0]?.act.precision).toBe(0.5);
  });

  it('lists at most 20 mistakes of each kind, deleted honest messages before those asked about', () => {
    const rows = [...times(25, row('spam', 'allow')), ...times(15, row('ham', 'ask')), ...times(15, row('ham', 'act'))];
    const { falsePositives, falseNegatives } = summarise({ ...FED, rows });
    expect(falseNegatives).toHaveLength(20);
    expect(falsePositives.map(({ outcome }) => outcome)).toEqual([
      ...times(15, row('ham', 'act')).map(({ outcome }) => outcome),
      ...times(5, row('ham', 'ask')).map(({ outcome }) => outcome),
    ]);
  });

  it('shortens texts to one line', () => {
    const text = `two\nlines ${'x'.repeat(200)}`;
    const [mistake] = summarise({ ...FED, rows: [row('spam', 'allow', { text })] }).falseNegatives;
    expect(mistake?.text).toMatch(/^two lines x+…$/);
    expect(mistake?.text).toHaveLength(110);
  });
});

describe('the summary at the terminal', () => {
  it('has the scores with their counts and the mistakes', () => {
    const text = formatSummary(whole());
    expect(text).toContain('a.csv: 30 messages (10 spam, 20 honest)');
    expect(text).toContain('precision 85.7 %  recall 60.0 %  F1 70.6 %  (6 right, 1 wrong, 4 missed, 19 rightly left');
    expect(text).toContain('precision 66.7 %  recall 80.0 %');
    expect(text).toContain('4 of 20 honest messages deleted or asked about; the first 4:');
    expect(text).toContain('2 of 10 spam messages left alone; the first 2:');
    expect(text).toContain('ham that was act');
    expect(text).not.toContain('all 1 files');
  });

  it('says what was skipped, cut and not finished', () => {
    const skipped = [{ file: 'b.csv', why: 'b.csv, line 2: no text' }];
    const files = [summarise({ ...FED, empty: 3, cut: 1 }), summarise(FED)];
    const text = formatSummary(whole({ files, skipped, interrupted: true }));
    expect(text).toContain('3 without text skipped; 1 cut to 4096 characters');
    expect(text).toContain('all 2 files: 30 messages');
    expect(text).toContain('b.csv: b.csv, line 2: no text');
    expect(text).toContain('stopped before the end');
    expect(formatSummary(whole({ files: [], skipped }))).toContain('no labelled messages were judged');
  });

  it('shows languages when there are several, a dash for what is unknown, and why something was judged so', () => {
    const rows = [row('spam', 'allow', { lang: 'en' }), row('ham', 'allow', { lang: 'ru' })];
    const file = summarise({ ...FED, rows });
    const [missed] = file.falseNegatives;
    if (!missed) throw new Error('no mistake');
    const explained = { ...file, falseNegatives: [{ ...missed, why: { score: 0.31, reasons: ['1 link', 'new'] } }] };
    const text = formatSummary(whole({ files: [explained] }));
    expect(text).toMatch(/en {3}1 messages \(1 spam, 0 honest\): precision +- \/ +-, recall 0\.0 % \/ 0\.0 %/);
    expect(text).toContain('allow en  spam that was allow [0.31: 1 link; new]');
  });

  it('lets no corpus text steer the terminal', () => {
    const rows = [row('spam', 'allow', { text: 'red \u001B[31m alert \u0007' })];
    expect(formatSummary(whole({ files: [summarise({ ...FED, rows })] }))).toContain('red [31m alert');
  });
});
