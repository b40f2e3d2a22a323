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

it('gives out everything in order, within bounds, and counts what is left, whatever is dropped or comes back', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const line = createLine();
      let model: Entry[] = [];
      let lastTaken: Entry[] = [];
      for (const now of steps) {
        if (now.do === 'add') {
          const { entries } = aCall(now.documents);
          line.add(entries, 1);
          model = [...model, ...entries];
        } else if (now.do === 'take') {
          lastTaken = line.take(now);
          expect(lastTaken).toEqual(model.slice(0, lastTaken.length));
          expect(lastTaken.length).toBeLessThanOrEqual(now.documents);
          if (lastTaken.length > 1) expect(bytesOf(lastTaken)).toBeLessThanOrEqual(now.bytes);
          if (model.length > 0) expect(lastTaken.length).toBeGreaterThan(0);
          model = model.slice(lastTaken.length);
        } else if (now.do === 'back') {
          line.putInFront(lastTaken);
          model = [...lastTaken, ...model];
          lastTaken = [];
        } else if (model[0]) {
          const { call } = model[0];
          line.drop(call);
          model = model.filter((entry) => entry.call !== call);
          lastTaken = lastTaken.filter((entry) => entry.call !== call);
        }
        expect([line.documents(), line.bytes()]).toEqual([model.length, bytesOf(model)]);
        expect(line.oldest() === undefined).toBe(model.length === 0);
      }
    }),
  );
});

function bytesOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, entry) => sum + entry.bytes, 0);
}
