import { describe, expect, it } from 'vitest';
import { compare } from './oracle.ts';

const documents = (...ids: string[]) => ids.map((id) => ({ index: 'logs-oracle-2026.11.24', id }));
const obligations = { owed: new Set(['a', 'b']), issued: new Set(['a', 'b', 'c']) };

describe('the oracle', () => {
  it('finds nothing wrong when each is there once, and what was not answered may be there or not', () => {
    const clean = { lost: 0, doubled: 0, neverIssued: 0 };
    expect(compare(obligations, { documents: documents('a', 'b') })).toEqual(clean);
    expect(compare(obligations, { documents: documents('a', 'b', 'c') })).toEqual(clean);
  });

  it('finds what was accepted and is not there', () => {
    expect(compare(obligations, { documents: documents('a') })).toMatchObject({ lost: 1 });
  });

  it('finds what is there twice, in two days as well', () => {
    const twice = [...documents('a', 'b'), { index: 'logs-oracle-2026.11.25', id: 'a' }];
    expect(compare(obligations, { documents: twice })).toMatchObject({ doubled: 1, lost: 0 });
  });

  it('finds what nobody sent', () => {
    expect(compare(obligations, { documents: documents('a', 'b', 'x') })).toMatchObject({ neverIssued: 1 });
  });
});
