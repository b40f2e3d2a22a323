import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineSplitter } from './watch-lines.ts';

function split(text: string, cuts: readonly number[]): string[] {
  const bytes = Buffer.from(text);
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1))), bytes.length].toSorted((a, b) => a - b);
  const splitter = createLineSplitter();
  let from = 0;
  return ends.flatMap((end) => {
    const lines = splitter.push(bytes.subarray(from, end));
    from = end;
    return lines;
  });
}

describe('the lines of a watch', () => {
  it('are the same wherever chunks end, within characters too', () => {
    const line = fc.stringMatching(/^[a"{}é漢🙂]{1,12}$/u);
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat()), (lines, cuts) => {
        expect(split(lines.map((text) => `${text}\n`).join(''), cuts)).toEqual(lines);
      }),
    );
  });

  it('are told when they are whole, not before; blank ones never', () => {
    const splitter = createLineSplitter();
    expect(splitter.push(Buffer.from('\n \r\n{"a":'))).toEqual([]);
    expect(splitter.push(Buffer.from('1}\n{"b"'))).toEqual(['{"a":1}']);
  });

  it('do not grow for ever', () => {
    const splitter = createLineSplitter(10);
    expect(splitter.push(Buffer.from('0123456789'))).toEqual([]);
    expect(() => splitter.push(Buffer.from('x'))).toThrow('longer than 10 bytes');
  });
});
