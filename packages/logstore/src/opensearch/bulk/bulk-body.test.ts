import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bulkBody, bytesOf, faultOf } from './bulk-body.ts';

const document = fc.record({
  id: fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  index: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
  line: fc.json().map((json) => Buffer.from(json)),
});

it('can be read back line by line, whatever stands in ids, names and documents', () => {
  fc.assert(
    fc.property(fc.array(document, { maxLength: 10 }), (documents) => {
      const good = documents.filter((one) => faultOf(one) === undefined);
      const bytes = good.reduce((sum, one) => sum + bytesOf(one), 0);
      const body = Buffer.from(bulkBody(good, bytes));
      expect(body.length).toBe(bytes);
      const lines = body.toString('utf8').split('\n');
      expect(lines.pop()).toBe('');
      const read = Array.from({ length: lines.length / 2 }, (_, i) => ({
        action: JSON.parse(lines[2 * i] ?? '') as unknown,
        line: lines[2 * i + 1],
      }));
      const expected = good.map(({ id, index, line }) => ({
        action: { create: { _index: index, _id: id } },
        line: line.toString('utf8'),
      }));
      expect(read).toEqual(expected);
    }),
  );
});
