import { describe, expect, it } from 'vitest';
import { findRegexes } from './find-regexes.ts';
import { judgeRegex } from './judge-regex.ts';

async function complaints(source: string): Promise<string[]> {
  const judged = await Promise.all(findRegexes('check.ts', source).map(judgeRegex));
  return judged.filter((complaint) => complaint !== undefined);
}

describe('regular expression safety', () => {
  it('finds literals and constructor calls with the line they stand on', () => {
    const source =
      'const a = /x+/u;\nconst b = new RegExp("y", "g");\nconst c = RegExp(`z`);\nconst d = new RegExp(a);';
    expect(findRegexes('check.ts', source).map(({ line, pattern }) => [line, pattern])).toEqual([
      [1, { source: 'x+', flags: 'u' }],
      [2, { source: 'y', flags: 'g' }],
      [3, { source: 'z', flags: '' }],
      [4, undefined],
    ]);
  });

  it('lets linear patterns pass', async () => {
    expect(await complaints('const word = /^[a-z]+$/; const dot = /\\./g;')).toEqual([]);
  });

  it('refuses exponential patterns, whatever a comment says', async () => {
    const found = await complaints('// regex-ok: trust me\nconst bad = /^(a+)+$/;');
    expect(found).toEqual([expect.stringContaining('exponential')]);
  });

  it('refuses quadratic patterns unless a comment says why their input is short', async () => {
    expect(await complaints('const tail = /\\s+$/;')).toEqual([expect.stringContaining('2nd degree polynomial')]);
    expect(await complaints('const tail = /\\s+$/; // regex-ok: a name has at most 64 characters')).toEqual([]);
  });

  it('refuses patterns put together at run time unless a comment gives the reason', async () => {
    expect(await complaints('const any = new RegExp(words.join("|"));')).toEqual([expect.stringContaining('run time')]);
    expect(await complaints('// regex-ok: escaped words\nconst any = new RegExp(words.join("|"));')).toEqual([]);
  });

  it('refuses what it cannot judge', async () => {
    expect(await complaints('const set = /[\\p{L}--[a-z]]/v;')).toEqual([expect.stringContaining('cannot be judged')]);
  });
});
