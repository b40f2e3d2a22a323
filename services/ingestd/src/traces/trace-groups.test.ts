import { aSpan } from '@chatwarden/logstore/contract';
import { expect, it } from 'vitest';
import { createTraceGroups } from './trace-groups.ts';

const ids = Array.from({ length: 5 }, (_, i) => String(i).repeat(32));
const rootOf = (traceId: string | undefined, name = 'receive update') =>
  aSpan({ traceId: traceId ?? '', name, traceGroup: name });
const childOf = (traceId: string | undefined) =>
  aSpan({ traceId: traceId ?? '', spanId: 'c'.repeat(16), parentSpanId: 'a'.repeat(16) });

it('gives spans the group of the root that came with them, also before it', () => {
  const root = rootOf(ids[0]);
  const [before, , after] = createTraceGroups().fill([childOf(ids[0]), root, childOf(ids[0])]);
  expect([before, after]).toEqual([
    { ...childOf(ids[0]), traceGroup: 'receive update', traceGroupFields: root.traceGroupFields },
    { ...childOf(ids[0]), traceGroup: 'receive update', traceGroupFields: root.traceGroupFields },
  ]);
});

it('gives spans the group of a root that came earlier, and leaves those alone whose root did not come', () => {
  const groups = createTraceGroups();
  groups.fill([rootOf(ids[0])]);
  expect(groups.fill([childOf(ids[0]), childOf(ids[1])]).map((span) => span.traceGroup)).toEqual([
    'receive update',
    null,
  ]);
});

it('forgets the oldest root when there are too many', () => {
  const groups = createTraceGroups(2);
  groups.fill([rootOf(ids[0]), rootOf(ids[1]), rootOf(ids[0], 'again'), rootOf(ids[2])]);
  expect(groups.fill([0, 1, 2].map((i) => childOf(ids[i]))).map((span) => span.traceGroup)).toEqual([
    'again',
    null,
    'receive update',
  ]);
});
