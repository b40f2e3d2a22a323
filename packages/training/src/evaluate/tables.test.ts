import { expect, test } from 'vitest';
import { FALSE_POSITIVE_RATES, type Figures } from './figures.ts';
import { toTable } from './tables.ts';

const share = { value: 0.5, low: 0.4, high: 0.6 };
const figures = {
  set: 'uci-sms',
  scorer: 'model',
  spam: 10,
  ham: 90,
  recall: FALSE_POSITIVE_RATES.map(() => share),
  bestF1: 0.75,
} as unknown as Figures;

test('figures as a Markdown table, in percent and with bounds', () => {
  const table = toTable('Title', [
    figures,
    { ...figures, covered: 0.25, logLoss: 0.5, atZero: { f1: 0.5, falsePositiveRate: 0.01 } } as Figures,
  ]);
  expect(table).toContain('### Title');
  expect(table).toContain('50.0 (40.0-60.0)');
  expect(table).toMatch(/50\.0, 1\.0\s+\| 25\.0\s+\| 0\.500/);
});

test('no figures give a heading alone', () => {
  expect(toTable('Nothing', [])).toContain('| set');
});
