/** What every SpanStore promises. An adapter's test calls this with a way to open an empty store. */
import type { Clock } from '@chatwarden/contracts';
import { describe, expect, it } from 'vitest';
import { spanDocumentId, type SpanDocument, type SpanStore } from '../span-store.ts';
import { aSpan } from './a-span.ts';

export interface SpanStoreUnderTest {
  /** Empty, and at this clock's time. What was written is found by `spansOf` at once. */
  open(options: { clock: Pick<Clock, 'now'>; keepDays: number }): Promise<SpanStore>;
}

const DAY_MS = 86_400_000;
const NOON = Date.UTC(2026, 10, 24, 12);
const TRACE = aSpan().traceId;
const OTHER_TRACE = 'f'.repeat(32);

const idOf = (i: number) => (i + 1).toString(16).padStart(16, '0');

export function describeSpanStore(name: string, { open }: SpanStoreUnderTest): void {
  const opened = (now = NOON, keepDays = 7) => open({ clock: { now: () => now }, keepDays });

  describe(`${name}: writing spans`, () => {
    it('gives one outcome per span, in order, named by trace and span', async () => {
      const store = await opened();
      const spans = [2, 0, 1].map((i) => aSpan({ spanId: idOf(i) }));
      expect(await store.writeSpans(spans)).toEqual(
        spans.map((span) => ({ id: `${TRACE}.${span.spanId}`, result: 'created' })),
      );
      expect(await store.writeSpans([])).toEqual([]);
    });

    it('writes a span once, however often it comes: the first stays', async () => {
      const store = await opened();
      const first = aSpan({ name: 'first' });
      const inOneBatch = await store.writeSpans([first, aSpan({ name: 'second' })]);
      const again = await store.writeSpans([aSpan({ name: 'third' })]);
      expect([...inOneBatch, ...again].map((item) => item.result)).toEqual(['created', 'duplicate', 'duplicate']);
      expect(await store.spansOf(TRACE)).toEqual([first]);
    });

    it('writes a span once when it comes from two sides at the same time', async () => {
      const store = await opened();
      const spans = Array.from({ length: 50 }, (_, i) => aSpan({ spanId: idOf(i) }));
      const outcomes = (await Promise.all([store.writeSpans(spans), store.writeSpans(spans.toReversed())])).flat();
      const created = outcomes.filter((item) => item.result === 'created');
      expect(created.map((item) => item.id).toSorted()).toEqual(spans.map(spanDocumentId).toSorted());
    });

    it('refuses what started before the kept days or more than a day ahead, and says why', async () => {
      const store = await opened();
      const days = [-8, -7, 1, 2];
      const outcomes = await store.writeSpans(
        days.map((day, i) => aSpan({ at: NOON + day * DAY_MS, spanId: idOf(i) })),
      );
      expect(outcomes.map((item) => item.result)).toEqual(['refused', 'created', 'created', 'refused']);
      expect(outcomes[0]).toHaveProperty('reason', '2026-11-16 is older than the kept days');
      expect(outcomes[3]).toHaveProperty('reason', '2026-11-26 is more than a day ahead');
    });

    it('refuses a span without a start and one that is far too large, and writes the rest of the batch', async () => {
      const store = await opened();
      const timeless = aSpan({ spanId: idOf(0), startTime: 'noon' });
      const events = Array.from({ length: 70 }, () => ({
        name: 'x'.repeat(4096),
        time: aSpan().startTime,
        attributes: {},
        droppedAttributesCount: 0,
      }));
      const outcomes = await store.writeSpans([timeless, aSpan({ spanId: idOf(1), events }), aSpan()]);
      expect(outcomes.map((item) => ('reason' in item ? item.reason : item.result))).toEqual([
        'startTime is not a time',
        'the span is too large',
        'created',
      ]);
    });
  });

  describe(`${name}: reading a trace`, () => {
    it('gives a span back as it came', async () => {
      const store = await opened();
      const span = aSpan({
        parentSpanId: 'b'.repeat(16),
        status: { code: 2, message: 'away' },
        events: [{ name: 'e', time: aSpan().startTime, attributes: { n: 1 }, droppedAttributesCount: 1 }],
        links: [
          {
            traceId: OTHER_TRACE,
            spanId: idOf(0),
            traceState: '',
            attributes: { why: 'copy' },
            droppedAttributesCount: 0,
          },
        ],
        attributes: { text: 'жёлтый 🦊', whole: 42, part: 0.5, yes: true, list: ['a', 'b'], none: [] },
      });
      await store.writeSpans([span]);
      expect(await store.spansOf(TRACE)).toEqual([span]);
    });

    it('orders by start, to the nanosecond, over days, and leaves other traces out', async () => {
      const store = await opened();
      const starts = [
        { at: NOON, nanos: 2 },
        { at: NOON, nanos: 1 },
        { at: NOON - DAY_MS, nanos: 999_999 },
        { at: NOON, nanos: 999_999 },
        { at: NOON + 1, nanos: 0 },
      ];
      const spans = starts.map((start, i) => aSpan({ ...start, spanId: idOf(i) }));
      await store.writeSpans([...spans, aSpan({ traceId: OTHER_TRACE })]);
      const found = await store.spansOf(TRACE);
      expect(found.map((span) => span.spanId)).toEqual([2, 1, 0, 3, 4].map(idOf));
    });

    it.each([OTHER_TRACE, '', 'no trace id', `${TRACE}' or true`, '*'])('finds nothing for "%s"', async (traceId) => {
      const store = await opened();
      await store.writeSpans([aSpan()]);
      expect(await store.spansOf(traceId)).toEqual([]);
    });

    const hostile: { what: string; attributes: SpanDocument['attributes'] }[] = [
      {
        what: 'names with dots, empty parts and blanks',
        attributes: { 'a.b': 1, 'a..c': 2, '.d': 3, 'e.': 4, ' ': 5 },
      },
      { what: 'a name that is a value and an object', attributes: { a: 1, 'a.b': 'x' } },
      {
        what: 'names of prototypes',
        attributes: Object.fromEntries([
          ['__proto__', 'x'],
          ['constructor', 'y'],
        ]),
      },
      { what: 'names of the mapping', attributes: { traceId: 'x', '@timestamp': 'never', _id: 'x', type: 'nested' } },
      { what: 'characters that a database may not hold', attributes: { 'n\0': 'nul \0', quote: `'"\\\n\r\u2028` } },
      {
        what: 'long values',
        attributes: { long: 'я'.repeat(4096), list: Array.from({ length: 64 }, () => 'x'.repeat(99)) },
      },
    ];
    it.each(hostile)('keeps attributes with $what', async ({ attributes }) => {
      const store = await opened();
      const span = aSpan({ attributes, resource: { attributes } });
      expect((await store.writeSpans([span])).map((item) => item.result)).toEqual(['created']);
      expect(await store.spansOf(TRACE)).toEqual([span]);
    });

    it('takes a value of another type, or hundreds of new names, from one span to the next', async () => {
      const store = await opened();
      const spans = ['text', 1, true, 0.5, ['a'], '2026-11-24'].map((value, i) =>
        aSpan({ spanId: idOf(i), attributes: { value } }),
      );
      const wide = Array.from({ length: 12 }, (_, i) =>
        aSpan({
          spanId: idOf(100 + i),
          attributes: Object.fromEntries(Array.from({ length: 128 }, (_, j) => [`name-${i}-${j}`, j])),
        }),
      );
      const outcomes = await store.writeSpans([...spans, ...wide]);
      expect(new Set(outcomes.map((item) => item.result))).toEqual(new Set(['created']));
      expect(await store.spansOf(TRACE)).toHaveLength(spans.length + wide.length);
    });
  });

  describe(`${name}: forgetting spans`, () => {
    it('drops whole days that ended before the kept days, and names them', async () => {
      const store = await opened(NOON - 2 * DAY_MS, 9);
      await store.writeSpans([-9, -8, -7, -1].map((day, i) => aSpan({ at: NOON + day * DAY_MS, spanId: idOf(i) })));
      expect(await store.dropOldSpans(NOON, 7)).toEqual(['2026-11-15', '2026-11-16']);
      const left = (await store.spansOf(TRACE)).map((span) => span.startTime.slice(0, 10));
      expect(left).toEqual(['2026-11-17', '2026-11-23']);
      expect(await store.dropOldSpans(NOON, 7)).toEqual([]);
    });

    it('takes spans of a day again after it was dropped', async () => {
      const store = await opened();
      await store.writeSpans([aSpan({ at: NOON - DAY_MS })]);
      expect(await store.dropOldSpans(NOON, 0)).toEqual(['2026-11-23']);
      const outcomes = await store.writeSpans([aSpan({ at: NOON - DAY_MS })]);
      expect(outcomes.map((item) => item.result)).toEqual(['created']);
    });
  });
}
