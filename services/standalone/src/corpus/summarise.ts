/** What a corpus run came to. Pure: from the rows and what became of them. */
import { figuresOf, type Figures } from './figures.ts';
import type { JudgedRow, Outcome } from './judged-row.ts';

export interface Mistake {
  /** Shortened, on one line. */
  text: string;
  lang?: string;
  outcome: Outcome;
  chatId: number;
  messageId: number;
  /** Why it was judged so, where that was looked up. */
  why?: { score: number; reasons: readonly string[] };
}

export interface FileSummary extends Figures {
  file: string;
  /** Rows without text, which nobody can send. */
  empty: number;
  /** Texts shortened to Telegram's limit. */
  cut: number;
  /** Sorted by size; only rows that name their language. */
  byLanguage: readonly (Figures & { lang: string })[];
  /** Honest messages deleted, then those asked about; the first 20 of them. */
  falsePositives: readonly Mistake[];
  /** Spam left alone; the first 20 of it. */
  falseNegatives: readonly Mistake[];
}

export interface CorpusSummary {
  files: readonly FileSummary[];
  skipped: readonly { file: string; why: string }[];
  total: Figures;
  /** Stopped before the end: files that were not finished are not in the summary. */
  interrupted: boolean;
}

export interface FedFile {
  file: string;
  empty: number;
  cut: number;
  rows: readonly JudgedRow[];
}

const MISTAKES_MAX = 20;
const SHOWN_MAX = 110;

export function summarise({ file, empty, cut, rows }: FedFile): FileSummary {
  const ham = rows.filter(({ label }) => label === 'ham');
  const wronglyFound = [
    ...ham.filter(({ outcome }) => outcome === 'act'),
    ...ham.filter(({ outcome }) => outcome === 'ask'),
  ];
  const missed = rows.filter(({ label, outcome }) => label === 'spam' && outcome === 'allow');
  return {
    file,
    empty,
    cut,
    ...figuresOf(rows),
    byLanguage: byLanguage(rows),
    falsePositives: wronglyFound.slice(0, MISTAKES_MAX).map(toMistake),
    falseNegatives: missed.slice(0, MISTAKES_MAX).map(toMistake),
  };
}

function byLanguage(rows: readonly JudgedRow[]): (Figures & { lang: string })[] {
  const named = rows.filter((row): row is JudgedRow & { lang: string } => row.lang !== undefined);
  return [...Map.groupBy(named, ({ lang }) => lang)]
    .map(([lang, all]) => ({ lang, ...figuresOf(all) }))
    .toSorted((a, b) => b.rows - a.rows || a.lang.localeCompare(b.lang));
}

function toMistake({ text, lang, outcome, chatId, messageId }: JudgedRow): Mistake {
  const line = text.replace(/\s+/g, ' ').trim();
  const shown = line.length <= SHOWN_MAX ? line : `${line.slice(0, SHOWN_MAX - 1).toWellFormed()}…`;
  return { text: shown, outcome, chatId, messageId, ...(lang === undefined ? {} : { lang }) };
}
