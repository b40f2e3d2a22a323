/** The summary of a corpus run as a person reads it at the terminal. Pure. */
import type { Figures, Score } from './figures.ts';
import type { CorpusSummary, FileSummary, Mistake } from './summarise.ts';

/** C0 and C1 control characters: a corpus text must not steer the terminal it is shown on. */
const CONTROL = /\p{Cc}/gu;

export function formatSummary({ files, skipped, total, interrupted }: CorpusSummary): string {
  return [
    ...files.flatMap(fileLines),
    ...(files.length > 1 ? ['', `all ${files.length} files: ${counts(total)}`, ...scoreLines(total)] : []),
    ...(skipped.length > 0 ? ['', 'skipped:'] : []),
    ...skipped.map(({ file, why }) => `  ${file}: ${why}`),
    ...(files.length === 0 ? ['no labelled messages were judged'] : []),
    ...(interrupted ? ['stopped before the end: only finished files are counted'] : []),
  ]
    .map((line) => line.replace(CONTROL, ''))
    .join('\n')
    .trim();
}

function fileLines(summary: FileSummary): string[] {
  const { file, empty, cut, byLanguage, falsePositives, falseNegatives, ham, spam } = summary;
  const notes = [
    ...(empty > 0 ? [`${empty} without text skipped`] : []),
    ...(cut > 0 ? [`${cut} cut to 4096 characters`] : []),
  ];
  const found = summary.actOrAsk.falsePositives;
  return [
    '',
    [`${file}: ${counts(summary)}`, ...notes].join('; '),
    ...scoreLines(summary),
    ...(byLanguage.length > 1 ? byLanguage.map(languageLine) : []),
    ...mistakeLines(`${found} of ${ham} honest messages deleted or asked about`, falsePositives),
    ...mistakeLines(`${summary.actOrAsk.falseNegatives} of ${spam} spam messages left alone`, falseNegatives),
  ];
}

const counts = ({ rows, spam, ham }: Figures): string => `${rows} messages (${spam} spam, ${ham} honest)`;

function scoreLines({ act, actOrAsk }: Figures): string[] {
  return [`  deleted           ${scoreOf(act)}`, `  deleted or asked  ${scoreOf(actOrAsk)}`];
}

function scoreOf(score: Score): string {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = score;
  return [
    `precision ${percent(score.precision)}  recall ${percent(score.recall)}  F1 ${percent(score.f1)}`,
    `(${truePositives} right, ${falsePositives} wrong, ${falseNegatives} missed, ${trueNegatives} rightly left alone)`,
  ].join('  ');
}

function languageLine({ lang, act, actOrAsk, ...figures }: Figures & { lang: string }): string {
  const both = (of: (score: Score) => number | null) => `${percent(of(act))} / ${percent(of(actOrAsk))}`;
  const precision = both((score) => score.precision);
  return `  ${lang.padEnd(4)} ${counts({ act, actOrAsk, ...figures })}: precision ${precision}, recall ${both((score) => score.recall)}`;
}

function mistakeLines(title: string, mistakes: readonly Mistake[]): string[] {
  if (mistakes.length === 0) return [];
  return [`  ${title}; the first ${mistakes.length}:`, ...mistakes.map(mistakeLine)];
}

function mistakeLine({ outcome, lang, text, why }: Mistake): string {
  const explained = why ? ` [${why.score.toFixed(2)}: ${why.reasons.join('; ')}]` : '';
  return `    ${outcome.padEnd(5)} ${(lang ?? '').padEnd(3)} ${text}${explained}`;
}

const percent = (share: number | null): string => (share === null ? '    -' : `${(share * 100).toFixed(1)} %`);
