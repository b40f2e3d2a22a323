import { anEvent, aVerdict } from '@chatwarden/testkit';
import { dedicatedTopic, type LogChunk } from '@chatwarden/contracts';
import { describe, expect, it } from 'vitest';
import { codecOf } from './codecs.ts';

const lines = new TextEncoder().encode('{"message":"one"}\n{"message":"two"}\n');
const aChunk = (over: Partial<LogChunk> = {}): LogChunk => ({
  id: 'c'.repeat(32),
  service: 'alertd',
  day: '2026-11-24',
  ids: ['1'.repeat(32), 'f'.repeat(32)],
  lines,
  ...over,
});

describe('records with an envelope', () => {
  it('are JSON, with their trace context in a header', () => {
    const event = anEvent();
    const { value, headers } = codecOf('events').encode(event);
    expect(JSON.parse(value.toString())).toEqual(event);
    expect(headers).toEqual({ traceparent: event.traceparent });
  });

  it('are read again, in a dedicated topic as well', () => {
    const event = anEvent();
    const codec = codecOf(dedicatedTopic(event.groupId));
    expect(codec.decode(codec.encode(event))).toEqual({ result: 'record', record: event, unknownFields: [] });
  });

  it.each([
    ['no JSON', Buffer.from('{"text":"a secret'), 'is not JSON'],
    ['nothing', null, 'is not JSON'],
    [
      'a record of another topic',
      codecOf('verdicts').encode(aVerdict()).value,
      'schema verdict/1 does not belong here',
    ],
  ])('say what is wrong with %s, and quote nothing', (_name, value, reason) => {
    expect(codecOf('events').decode({ value })).toEqual({ result: 'invalid', reason });
  });
});

describe('chunks of documents', () => {
  const codec = codecOf('logs');

  it.each([
    ['ids of ours', ['1'.repeat(32), 'f'.repeat(32)]],
    ['ids of any form', ['order-1', 'Zażółć']],
    ['one document', ['0'.repeat(32)]],
  ])('are read again with %s', (_name, ids) => {
    const chunk = aChunk({ ids });
    expect(codec.decode(codec.encode(chunk))).toEqual({ result: 'record', record: chunk, unknownFields: [] });
  });

  it('have their lines as value, untouched, and need sixteen bytes for an id', () => {
    const { value, headers } = codec.encode(aChunk());
    expect(value).toEqual(Buffer.from(lines));
    expect(headers['ids']).toHaveLength(2 * 16);
  });

  it('read headers that arrive as bytes or as lists', () => {
    const { value, headers } = codec.encode(aChunk());
    const asBytes = Object.entries(headers).map(([name, header]) => [name, [Buffer.from(header as string)]]);
    expect(codec.decode({ value, headers: Object.fromEntries(asBytes) as never })).toMatchObject({ result: 'record' });
  });

  const { value, headers } = codec.encode(aChunk());
  it.each([
    ['of a newer version', { ...headers, schema: 'log-chunk/2' }, { result: 'unknownMajor', schema: 'log-chunk/2' }],
    ['of somebody else', {}, { result: 'invalid', reason: 'has no schema of ours' }],
    ['without a day', { ...headers, day: '' }, { result: 'invalid', reason: 'lacks a header or its lines' }],
    ['with fewer ids', { ...headers, count: '3' }, { result: 'invalid', reason: 'has not as many ids as it counts' }],
    [
      'with broken ids',
      { ...headers, ids: undefined, 'ids-json': '{' },
      { result: 'invalid', reason: 'has not as many ids as it counts' },
    ],
  ])('know one %s', (_name, changed, reading) => {
    expect(codec.decode({ value, headers: changed })).toEqual(reading);
  });
});
