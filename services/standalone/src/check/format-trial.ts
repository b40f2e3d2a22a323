/** A trial as a person reads it in a terminal. */
import { SENDERS } from './arguments.ts';
import { logitOf, type Trial } from './try-message.ts';

const WIDTH = 100;

export function formatTrial(trial: Trial): string {
  const { folded, speaking, silent, prior, changes } = trial;
  const named = speaking.map(
    ({ name, weight, reason }) => `  ${signed(weight)}  ${name.padEnd(longest(trial))}  ${reason}`,
  );
  return [
    `Read as   ${folded === '' ? '(nothing)' : folded}`,
    `From      ${SENDERS[trial.sender]}`,
    `Band      ${trial.band}, score ${percent(trial.score)} (${trial.preset}: act from ${percent(trial.bands.act)}, ask from ${percent(trial.bands.ask)})`,
    '',
    'What speaks for spam (+) and against it (-), in log-odds',
    `  ${signed(prior)}  ${'prior'.padEnd(longest(trial))}  how seldom spam is in a usual group`,
    ...named,
    `  ${signed(logitOf(trial.score))}  together`,
    '',
    'Checks that found nothing',
    ...wrapped(silent),
    '',
    'What would change the band',
    ...(changes.length === 0
      ? ['  no single check, sender or preset']
      : changes.map(({ what, band, score }) => `  ${what}: ${band} (${percent(score)})`)),
    '',
  ].join('\n');
}

function longest({ speaking }: Trial): number {
  return Math.max(0, ...speaking.map(({ name }) => name.length), 'prior'.length);
}

function signed(weight: number): string {
  return (weight < 0 ? '' : '+').concat(weight.toFixed(2)).padStart(6);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function wrapped(words: readonly string[]): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + word.length + 2 <= WIDTH) lines[lines.length - 1] = `${line}, ${word}`;
    else lines.push(`  ${word}`);
  }
  return lines;
}
