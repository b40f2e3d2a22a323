import { expect, it } from 'vitest';
import { toSource, toSpanDocument } from './to-span-document.ts';

const TRACE = '0123456789abcdef0123456789abcdef';
const SPAN = 'aaaaaaaaaaaaaaaa';
const PARENT = 'bbbbbbbbbbbbbbbb';
/** 2026-11-24T12:00:00.000000001Z */
const START = 1_795_521_600_000_000_001n;

const service = { attributes: [{ key: 'service.name', value: { stringValue: 'bot' } }] };
const source = toSource(service, { name: 'chatwarden', version: '1' });

const aSpan = (over: object = {}) => ({
  traceId: TRACE,
  spanId: SPAN,
  name: 'receive update',
  kind: 5,
  startTimeUnixNano: String(START),
  endTimeUnixNano: String(START + 1_500_000n),
  ...over,
});

function documentOf(over: object = {}, from = source) {
  const reading = toSpanDocument(aSpan(over), from);
  if ('rejected' in reading) throw new Error(reading.rejected);
  return reading.span;
}

it('is a root span with the group of its trace', () => {
  expect(documentOf({ status: { code: 2, message: 'away' } })).toEqual({
    traceId: TRACE,
    spanId: SPAN,
    parentSpanId: '',
    traceState: '',
    name: 'receive update',
    kind: 'SPAN_KIND_CONSUMER',
    serviceName: 'bot',
    startTime: '2026-11-24T12:00:00.000000001Z',
    endTime: '2026-11-24T12:00:00.001500001Z',
    durationInNanos: 1_500_000,
    status: { code: 2, message: 'away' },
    traceGroup: 'receive update',
    traceGroupFields: { endTime: '2026-11-24T12:00:00.001500001Z', durationInNanos: 1_500_000, statusCode: 2 },
    events: [],
    links: [],
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
    instrumentationScope: { name: 'chatwarden', version: '1', attributes: {} },
    resource: { attributes: { 'service.name': 'bot' } },
    attributes: {},
  });
});

it('knows no group of a span below another', () => {
  expect(documentOf({ parentSpanId: PARENT })).toMatchObject({
    parentSpanId: PARENT,
    traceGroup: null,
    traceGroupFields: null,
  });
});

it('reads ids that are bytes, and upper-case digits', () => {
  const bytes = { traceId: Buffer.from(TRACE, 'hex'), spanId: SPAN.toUpperCase(), parentSpanId: new Uint8Array(0) };
  expect(documentOf(bytes)).toMatchObject({ traceId: TRACE, spanId: SPAN, parentSpanId: '' });
});

it('says that a process which does not say who it is, is unknown', () => {
  expect(documentOf({}, toSource(undefined, undefined))).toMatchObject({
    serviceName: 'unknown_service',
    instrumentationScope: { name: '', version: '', attributes: {} },
  });
});

it('reads events and links, bounds them, and counts what was left out here and before', () => {
  const event = { name: 'e', timeUnixNano: START + 1n, attributes: [{ key: 'a', value: { intValue: 1 } }, {}] };
  const link = { traceId: TRACE, spanId: PARENT, droppedAttributesCount: 2 };
  const many = (one: object) => Array.from({ length: 130 }, () => one);
  const span = documentOf({
    events: [event, { name: 'timeless' }, ...many({})],
    links: many(link),
    droppedAttributesCount: 1,
    droppedEventsCount: '3',
    droppedLinksCount: -1,
  });
  expect(span.events.slice(0, 2)).toEqual([
    { name: 'e', time: '2026-11-24T12:00:00.000000002Z', attributes: { a: 1 }, droppedAttributesCount: 1 },
    { name: 'timeless', time: span.startTime, attributes: {}, droppedAttributesCount: 0 },
  ]);
  expect(span.links[0]).toEqual({
    traceId: TRACE,
    spanId: PARENT,
    traceState: '',
    attributes: {},
    droppedAttributesCount: 2,
  });
  expect([span.events.length, span.links.length]).toEqual([128, 128]);
  expect([span.droppedAttributesCount, span.droppedEventsCount, span.droppedLinksCount]).toEqual([1, 7, 2]);
});

it.each([
  ['a kind that is none', { kind: 99 }, { kind: 'SPAN_KIND_UNSPECIFIED' }],
  ['no kind', { kind: undefined }, { kind: 'SPAN_KIND_UNSPECIFIED' }],
  ['a status that is none', { status: { code: 77 } }, { status: { code: 2, message: '' } }],
  ['a name that is none', { name: 7 }, { name: '' }],
  ['a long name', { name: 'x'.repeat(5000) }, { name: 'x'.repeat(1024) }],
])('reads %s', (_what, over, read) => {
  expect(documentOf(over)).toMatchObject(read);
});

it.each([
  ['no trace id', { traceId: undefined }, 'trace_id must be 16 bytes, not all zero'],
  ['a trace id of zeros', { traceId: '0'.repeat(32) }, 'trace_id must be 16 bytes, not all zero'],
  ['a short trace id', { traceId: 'abc' }, 'trace_id must be 16 bytes, not all zero'],
  ['a span id that is none', { spanId: 'x'.repeat(16) }, 'span_id must be 8 bytes, not all zero'],
  ['a parent of zeros', { parentSpanId: new Uint8Array(8) }, 'parent_span_id must be empty or 8 bytes, not all zero'],
  ['no start', { startTimeUnixNano: 0 }, 'a span must have a start and an end time'],
  ['an end that is none', { endTimeUnixNano: 'soon' }, 'a span must have a start and an end time'],
  ['a time beyond all', { endTimeUnixNano: 2n ** 64n - 1n }, 'a span must have a start and an end time'],
  ['an end before its start', { endTimeUnixNano: START - 1n }, 'a span must not end before it starts'],
])('rejects a span with %s', (_what, over, rejected) => {
  expect(toSpanDocument(aSpan(over), source)).toEqual({ rejected });
});

it('rejects what is no span', () => {
  for (const none of [null, 7, 'span', []]) expect(toSpanDocument(none, source)).toHaveProperty('rejected');
});
