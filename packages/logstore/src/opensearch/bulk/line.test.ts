import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aDocument } from '../../../test/a-bulk-world.ts';
import { openCall, toEntries, type Call, type Entry } from './call.ts';
import { createLine } from './line.ts';

const never = new AbortController().signal;

function aCall(documents: number): { call: Call; entries: Entry[] } {
  const call = openCall({ documents, signal: never, onGivenUp: () => undefined });
  const ids = Array.from({ length: documents }, (_, i) => aDocument(`${i}`.repeat(1 + (i % 5))));
  return { call, entries: toEntries(ids, call) };
}

type Step =
  { do: 'add'; documents: number } | { do: 'take'; bytes: number; documents: number } | { do: 'drop' } | { do: 'back' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('add' as const), documents: fc.integer({ min: 1, max: 9 }) }),
  fc.record({
    do: fc.constant('take' as const),
    bytes: fc.integer({ min: 1, max: 500 }),
    documents: fc.integer({ min: 1, max: 6 }),
  }),
  fc.record({ do: fc.constant('drop' as const) }),
  fc.record({ do: fc.constant('back' as const) }),
);

/** The line beside a plain list of what it should hold. */
function aLineAndItsModel() {
  const line = createLine();
  let model: Entry[] = [];
  let taken: Entry[] = [];

  function take(bounds: { bytes: number; documents: number }): void {
    taken = line.take(bounds);
    expect(taken).toEqual(model.slice(0, taken.length));
    expect(taken.length).toBeGreaterThanOrEqual(Math.min(1, model.length));
    expect(taken.length).toBeLessThanOrEqual(bounds.documents);
    expect(taken.length <= 1 || bytesOf(taken) <= bounds.bytes).toBe(true);
    model = model.slice(taken.length);
  }

  function drop(): void {
    const [first] = model;
    if (!first) return;
    const isOther = (entry: Entry) => entry.call !== first.call;
    line.drop(first.call);
    model = model.filter(isOther);
    taken = taken.filter(isOther);
  }

  function run(now: Step): void {
    if (now.do === 'take') return take(now);
    if (now.do === 'drop') return drop();
    const { entries } = now.do === 'add' ? aCall(now.documents) : { entries: taken };
    if (now.do === 'add') line.add(entries, 1);
    else line.putInFront(entries);
    model = now.do === 'add' ? [...model, ...entries] : [...entries, ...model];
    if (now.do === 'back') taken = [];
  }

  return { line, run, model: () => model };
}

it('gives out everything in order, within bounds, and counts what is left, whatever is dropped or comes back', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { line, run, model } = aLineAndItsModel();
      for (const now of steps) {
        run(now);
        expect([line.documents(), line.bytes()]).toEqual([model().length, bytesOf(model())]);
        expect(line.oldest() === undefined).toBe(model().length === 0);
      }
    }),
  );
});

function bytesOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, entry) => sum + entry.bytes, 0);
}
