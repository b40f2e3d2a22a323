/** `evaluate`: how well the detector does, as tables, a page, JSON, and a comparison with what was recorded. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { MODEL_URL } from '@chatwarden/detector';
import { evaluate, REPOSITORY_SET, type Evaluation } from './evaluate/evaluation.ts';
import { fallen } from './evaluate/headline.ts';
import { toReport } from './evaluate/report.ts';
import type { Said } from './train-command.ts';

const HELP = `Measures detection: the shipped model on sets that it never saw, attacks, checks, and what training data is worth.

  npm run evaluate -w packages/training -- --datasets <folder>

  --datasets <folder>  folder of the public sets, one folder a set. Without it only the set in this repository is
                       measured on. (Through npm a relative path starts at packages/training.)
  --model <file>       by default the shipped model
  --quick              only the shipped model on sets it never saw: seconds instead of minutes
  --report <file>      writes the page there
  --json <file>        writes the figures there
  --against <file>     fails when a headline figure fell by more than its noise against figures recorded with --json
  --help
`;

export async function evaluateCommand(args: readonly string[], { say }: Said): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      datasets: { type: 'string' },
      model: { type: 'string', default: fileURLToPath(MODEL_URL) },
      quick: { type: 'boolean', default: false },
      report: { type: 'string' },
      json: { type: 'string' },
      against: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say(HELP);
    return;
  }
  const { datasets, quick, report, json, against } = values;
  const recorded = against === undefined ? undefined : await readRecorded(against);
  const modelBytes = await readFile(values.model);
  const evaluation = await evaluate({ modelBytes, datasets, whole: !quick, say: (line) => say(`... ${line}`) });
  const page = toReport(evaluation);
  if (report === undefined) say(page);
  else await writeFile(report, page);
  if (json !== undefined) await writeFile(json, `${JSON.stringify(evaluation, null, 2)}\n`);
  if (recorded !== undefined) compare(evaluation, recorded, { all: datasets !== undefined, say });
}

async function readRecorded(file: string): Promise<Evaluation> {
  return JSON.parse(await readFile(file, 'utf8')) as Evaluation;
}

/** @throws Error that lists the figures that fell. */
function compare(now: Evaluation, recorded: Evaluation, { all, say }: Said & { all: boolean }): void {
  const counts = (name: string): boolean => all || name.startsWith(`${REPOSITORY_SET}:`);
  const worse = fallen(now.headline, recorded.headline, counts);
  if (worse.length > 0) throw new Error(`figures fell by more than their noise:\n${worse.join('\n')}`);
  say(`${recorded.headline.filter(({ name }) => counts(name)).length} headline figures, none fell`);
}
