import type { RefusedChunk } from '@chatwarden/contracts';
import { expect, it } from 'vitest';
import { decodeRefusedChunk, encodeRefusedChunk } from './refused-chunk.ts';

const chunk: RefusedChunk = {
  id: 'c'.repeat(32),
  service: 'shop',
  day: '2026-11-24',
  ids: ['a'.repeat(32), 'b'.repeat(32)],
  lines: new Uint8Array(Buffer.from('{"a":1}\n{"b":2}\n')),
  reasons: ['mapper_parsing_exception', 'слишком'],
  at: 1,
};

it('comes out as it went in', () => {
  expect(decodeRefusedChunk(encodeRefusedChunk(chunk))).toEqual({ result: 'record', record: chunk, unknownFields: [] });
});

it.each([undefined, '{', '{"reasons":["one"],"at":1}', '{"reasons":["one",2],"at":1}', '{"reasons":["a","b"]}'])(
  'is not read when it does not say why: %s',
  (refused) => {
    const { value, headers } = encodeRefusedChunk(chunk);
    expect(decodeRefusedChunk({ value, headers: { ...headers, refused } })).toMatchObject({ result: 'invalid' });
  },
);

it('is not read when it is no chunk', () => {
  expect(decodeRefusedChunk({ value: null, headers: {} })).toMatchObject({ result: 'invalid' });
});
