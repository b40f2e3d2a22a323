import { expect, it } from 'vitest';
import { ATTRIBUTES_MAX, toAttributes } from './to-attributes.ts';

const text = (stringValue: string) => ({ stringValue });
const pair = (key: string, value: unknown) => ({ key, value });
const valueOf = (value: unknown) => toAttributes([pair('a', value)]).attributes['a'];

it.each([
  ['text', { stringValue: 'x' }, 'x'],
  ['a truth', { boolValue: true }, true],
  ['a whole number as a string, as JSON has it', { intValue: '42' }, 42],
  [
    'a whole number as protobuf has it',
    { intValue: { low: 42, high: 0, unsigned: false, toString: (): string => '42' } },
    42,
  ],
  ['a whole number that no double holds', { intValue: '9223372036854775807' }, '9223372036854775807'],
  ['a number', { doubleValue: 0.5 }, 0.5],
  ['a number that JSON does not have', { doubleValue: Number.NaN }, 'NaN'],
  ['bytes', { bytesValue: Uint8Array.of(1, 2, 255) }, 'AQL/'],
  ['bytes in base64, as JSON has them', { bytesValue: 'AQL/' }, 'AQL/'],
  ['a list', { arrayValue: { values: [{ intValue: 1 }, { intValue: 2 }] } }, [1, 2]],
  ['an empty list', { arrayValue: {} }, []],
  ['a list of mixed types', { arrayValue: { values: [{ intValue: 1 }, text('b')] } }, ['1', 'b']],
  ['a list in a list', { arrayValue: { values: [{ arrayValue: { values: [text('b')] } }] } }, ['["b"]']],
  ['an object', { kvlistValue: { values: [pair('b', { intValue: 1 }), pair('c', {})] } }, '{"b":1}'],
  ['half a pair of a character', text('\ud83d'), '\ufffd'],
])('reads %s', (_what, value, read) => {
  expect(valueOf(value)).toEqual(read);
});

it('leaves out, and counts, what has no name, no value or the name of another', () => {
  const odd = [pair('', text('x')), pair('b', {}), pair('c', null), null, 7, pair('a', text('second'))];
  expect(toAttributes([pair('a', text('first')), ...odd])).toEqual({ attributes: { a: 'first' }, dropped: 6 });
  expect(toAttributes('none')).toEqual({ attributes: {}, dropped: 0 });
});

it('keeps names that objects have by themselves', () => {
  const { attributes } = toAttributes([pair('__proto__', text('x')), pair('constructor', text('y'))]);
  expect(Object.entries(attributes)).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
});

it('bounds the number of attributes, the length of values and lists, and how deep they may nest', () => {
  const many = Array.from({ length: ATTRIBUTES_MAX + 3 }, (_, i) => pair(`a${i}`, text('x')));
  expect(toAttributes(many)).toMatchObject({ dropped: 3 });
  expect(valueOf(text('x'.repeat(5000)))).toHaveLength(4096);
  expect(valueOf({ arrayValue: { values: Array.from({ length: 100 }, () => text('x')) } })).toHaveLength(64);
  let deep: unknown = text('x');
  for (let i = 0; i < 1000; i += 1) deep = { arrayValue: { values: [deep] } };
  expect(JSON.stringify(valueOf(deep)).length).toBeLessThan(100);
});
