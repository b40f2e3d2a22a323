/** Figures as Markdown tables, so that a report can be pasted into a page. */
import { FALSE_POSITIVE_RATES, type Figures } from './figures.ts';
import type { Share } from './metrics.ts';

export const percent = (value: number): string => (100 * value).toFixed(1);
export const withBounds = ({ value, low, high }: Share): string =>
  `${percent(value)} (${percent(low)}-${percent(high)})`;

/** All figures but counts and cross-entropy in percent, recall with its 95 % bounds. */
export function toTable(title: string, rows: readonly Figures[]): string {
  const header = [
    'set',
    'scored by',
    'spam / ham',
    ...FALSE_POSITIVE_RATES.map((rate) => `recall at ${Number((100 * rate).toFixed(2))} % FPR`),
    'best F1',
    'at zero: F1, FPR',
    'covered',
    'log loss',
  ];
  const body = rows.map((row) => [
    row.set,
    row.scorer,
    `${row.spam} / ${row.ham}`,
    ...row.recall.map(withBounds),
    percent(row.bestF1),
    row.atZero === undefined ? '' : `${percent(row.atZero.f1)}, ${percent(row.atZero.falsePositiveRate)}`,
    row.covered === undefined ? '' : percent(row.covered),
    row.logLoss?.toFixed(3) ?? '',
  ]);
  return [`### ${title}`, '', ...lines([header, ...body]), ''].join('\n');
}

/** A Markdown table, its columns padded. */
export function lines(table: readonly string[][]): string[] {
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const [header, ...body] = table.map(
    (row) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`,
  );
  return [header ?? '', `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body];
}
