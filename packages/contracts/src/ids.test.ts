import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actionId, eventId, hashId, moderatorVerdictId, verdictId } from './ids.ts';
import { childTraceparent, recordTraceparent, rootTraceparent, traceOf } from './trace.ts';

describe('ids', () => {
  const message = { kind: 'MessagePosted', groupId: 'g1', subject: 7, version: '0:abc' };

  test('the same fact has the same id, wherever it is met', () => {
    expect(eventId(message)).toBe(eventId({ ...message }));
  });

  test('an edit is another event than the message it edits', () => {
    expect(eventId({ ...message, version: '5:abc' })).not.toBe(eventId(message));
  });

  test('parts cannot run into each other', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (a, b) => {
        expect(hashId('x', a, b)).not.toBe(hashId('x', `${a}${b}`));
      }),
    );
  });

  test('stages, corrections and causes make different ids of one event', () => {
    const event = eventId(message);
    const ids = [
      verdictId(event, 'detect'),
      verdictId(event, 'llm'),
      moderatorVerdictId(event, 'c1'),
      moderatorVerdictId(event, 'c2'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    const ban = { groupId: 'g1', target: 7, kind: 'ban' };
    expect(actionId({ ...ban, cause: 'd1' })).not.toBe(actionId({ ...ban, cause: 'd2' }));
  });
});

describe('trace context', () => {
  const event = eventId({ kind: 'MessagePosted', groupId: 'g1', subject: 7, version: '0:abc' });

  test('the trace id of an event is its own id, also on redelivery', () => {
    expect(traceOf(rootTraceparent(event)).traceId).toBe(event);
    expect(rootTraceparent(event)).toBe(rootTraceparent(event));
  });

  test('a record that is made again names the same span, and another record another one', () => {
    const [verdict, action] = [verdictId(event, 'detect'), hashId('action')].map((id) =>
      recordTraceparent(rootTraceparent(event), id),
    );
    expect(verdict).toBe(recordTraceparent(rootTraceparent(event), verdictId(event, 'detect')));
    expect(traceOf(verdict ?? '').traceId).toBe(event);
    expect(new Set([verdict, action, rootTraceparent(event)]).size).toBe(3);
    expect(verdict).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });

  test('each hop adds a span to the same trace', () => {
    const root = rootTraceparent(event);
    const child = childTraceparent(root);
    expect(traceOf(child).traceId).toBe(event);
    expect(traceOf(child).spanId).not.toBe(traceOf(root).spanId);
    expect(child).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });
});
