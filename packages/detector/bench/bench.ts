/**
 * How fast one core judges, and where the time goes: prepare, classifier, checks (with the judge around them).
 *   node --expose-gc --max-semi-space-size=64 packages/detector/bench/bench.ts [file.json]
 * Times are wall time of one thread: run it on an idle machine.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { decodeModel, MODEL_URL } from '../src/index.ts';
import { measure, type Measured } from './measure.ts';
import { batches } from './messages.ts';

const [jsonFile] = process.argv.slice(2);
const model = decodeModel(readFileSync(MODEL_URL));

const COLUMNS = [
  ['a second', (row: Measured) => Math.round(row.perSecond).toLocaleString('en')],
  ['a CPU second', (row: Measured) => Math.round(row.perCpuSecond).toLocaleString('en')],
  ['p50 us', (row: Measured) => row.p50Us.toFixed(0)],
  ['p99 us', (row: Measured) => row.p99Us.toFixed(0)],
  ['worst us', (row: Measured) => row.worstUs.toFixed(0)],
  ['KB/message', (row: Measured) => (row.bytes === undefined ? '' : (row.bytes / 1024).toFixed(1))],
  ['prepare %', (row: Measured) => (100 * row.parts.prepare).toFixed(0)],
  ['classifier %', (row: Measured) => (100 * row.parts.classifier).toFixed(0)],
  ['checks %', (row: Measured) => (100 * row.parts.checks).toFixed(0)],
] as const;
/** Some seconds a batch. */
const CHARACTERS_MIN = 2_000_000;
const NAME_WIDTH = 22;

console.log(`one core of ${cpus()[0]?.model.trim() ?? 'an unknown CPU'}, Node ${process.version}, model ${model.id}\n`);
console.log('messages'.padEnd(NAME_WIDTH) + COLUMNS.map(([title]) => title.padStart(14)).join(''));
const figures = batches().map(({ name, events }) => {
  const row = measure(events, { model, charactersMin: CHARACTERS_MIN });
  console.log(name.padEnd(NAME_WIDTH) + COLUMNS.map(([, show]) => show(row).padStart(14)).join(''));
  return { name, ...row };
});
if (jsonFile !== undefined) writeFileSync(jsonFile, `${JSON.stringify({ model: model.id, figures }, null, 2)}\n`);
