import { expect, it } from 'vitest';
import { addCounts, createTally, fromMetadata, toMetadata } from './counts.ts';

const METADATA_BYTES_MAX = 4096;

it('reads back what it wrote', () => {
  expect(fromMetadata(toMetadata({ indexed: 12, dead: 1 }))).toEqual({ indexed: 12, dead: 1 });
});

it.each([null, '', 'a note of somebody else', '{"counts":{"indexed":"many"}}', 'null'])(
  'reads nothing from %j',
  (metadata) => {
    expect(fromMetadata(metadata)).toEqual({});
  },
);

it('stays within what a broker takes, however many names and records there are', () => {
  let counts = {};
  for (let name = 0; name < 200; name += 1) {
    counts = addCounts(counts, { [`${'n'.repeat(37)}${name}`]: Number.MAX_SAFE_INTEGER });
  }
  expect(Buffer.byteLength(toMetadata(counts))).toBeLessThan(METADATA_BYTES_MAX);
});

it('goes on counting a name it has when there is no room for another', () => {
  const full = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`n${index}`, 1]));
  expect(addCounts(full, { n0: 2, another: 5 })).toEqual({ ...full, n0: 3 });
});

it('takes only words as names', () => {
  const { add, counts } = createTally();
  add('indexed', 2);
  add('indexed', 3);
  expect(counts()).toEqual({ indexed: 5 });
  expect(() => add('two words', 1)).toThrow(TypeError);
});
