/** Times one core at judging: whole messages for rate and percentiles, then each part by itself for where time goes. */
import { firstContext, policyFromPreset, type MessageEvent } from '@chatwarden/contracts';
import { judge, prepare, type Classification, type Model, type Prepared } from '../src/index.ts';

export interface Measured {
  messages: number;
  /** By the wall clock: what else ran on the machine counts against it. */
  perSecond: number;
  /** By CPU time of the whole process, garbage collection included. */
  perCpuSecond: number;
  p50Us: number;
  p99Us: number;
  worstUs: number;
  /** Bytes that one message leaves to the garbage collector; undefined where the heap could not be watched. */
  bytes: number | undefined;
  /** Shares of the whole, 0 to 1. */
  parts: { prepare: number; classifier: number; checks: number };
}

export interface MeasureOptions {
  model: Model;
  /** The batch is repeated until so many characters were judged. */
  charactersMin: number;
}

const POLICY = policyFromPreset('balanced', 'enforce');
const DETECTOR_VERSION = { version: 'bench', model: 'bench' };

export function measure(events: readonly MessageEvent[], { model, charactersMin }: MeasureOptions): Measured {
  const characters = events.reduce((sum, { message }) => sum + message.text.length, 0);
  const rounds = Math.ceil(charactersMin / characters);
  const whole = (event: MessageEvent): void => judgeOne(prepare(event), model);
  runTimed(events, whole);
  const cpuBefore = process.cpuUsage();
  const timed = Array.from({ length: rounds }, () => runTimed(events, whole));
  const cpu = process.cpuUsage(cpuBefore);
  const times = timed.flatMap((round) => [...round]).toSorted((a, b) => a - b);
  const totalMs = times.reduce((sum, ms) => sum + ms, 0);
  const at = (share: number): number => 1000 * (times[Math.floor(share * times.length)] ?? 0);
  return {
    messages: times.length,
    perSecond: times.length / (totalMs / 1000),
    perCpuSecond: times.length / ((cpu.user + cpu.system) / 1_000_000),
    p50Us: at(0.5),
    p99Us: at(0.99),
    worstUs: 1000 * (times.at(-1) ?? 0),
    bytes: allocated(events, whole),
    parts: partsOf(events, { model, rounds }),
  };
}

function judgeOne(prepared: Prepared, model: Model): void {
  const context = firstContext(prepared.event.occurredAt);
  judge({ prepared, context, policy: POLICY, model, detectorVersion: DETECTOR_VERSION });
}

function runTimed<T>(items: readonly T[], run: (item: T) => void): Float64Array {
  const times = new Float64Array(items.length);
  for (const [index, item] of items.entries()) {
    const startedAt = performance.now();
    run(item);
    times[index] = performance.now() - startedAt;
  }
  return times;
}

function partsOf(events: readonly MessageEvent[], options: { model: Model; rounds: number }): Measured['parts'] {
  const prepared = events.map(prepare);
  const answers = new Map<unknown, Classification>(
    prepared.map((one) => [one.folded, options.model.classify(one)] as const),
  );
  const answered: Model = { ...options.model, classify: ({ folded }) => answers.get(folded) as Classification };
  const timed = <T>(items: readonly T[], run: (item: T) => void): number => {
    runTimed(items, run);
    let sum = 0;
    for (let round = 0; round < options.rounds; round += 1) for (const ms of runTimed(items, run)) sum += ms;
    return sum;
  };
  const ms = {
    prepare: timed(events, (event) => void prepare(event)),
    classifier: timed(prepared, (one) => void options.model.classify(one)),
    checks: timed(prepared, (one) => judgeOne(one, answered)),
  };
  const total = ms.prepare + ms.classifier + ms.checks;
  return { prepare: ms.prepare / total, classifier: ms.classifier / total, checks: ms.checks / total };
}

const WINDOW = 50;

/** The median over windows so short that the young generation does not fill up; a window with a collection shrinks. */
function allocated(events: readonly MessageEvent[], run: (event: MessageEvent) => void): number | undefined {
  const collect = (globalThis as { gc?: () => void }).gc;
  if (collect === undefined) return undefined;
  const perMessage: number[] = [];
  for (let start = 0; start + WINDOW <= Math.min(events.length, 40 * WINDOW); start += WINDOW) {
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let at = start; at < start + WINDOW; at += 1) run(events[at] as MessageEvent);
    const grown = process.memoryUsage().heapUsed - before;
    if (grown > 0) perMessage.push(grown / WINDOW);
  }
  return perMessage.toSorted((a, b) => a - b)[Math.floor(perMessage.length / 2)];
}
