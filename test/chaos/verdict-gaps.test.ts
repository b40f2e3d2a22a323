import { describe, expect, it } from 'vitest';
import { serviceOf } from './verdict-gaps.ts';

const at = (saidAtMs: number, judgedAtMs: number) => ({ saidAtMs, judgedAtMs });

describe('seconds without verdicts', () => {
  it('are none where each comes at once, however long nothing was said', () => {
    expect(serviceOf([at(0, 0), at(60_000, 60_000)])).toEqual({ secondsWithout: 0, withinFive: 1 });
  });

  it('count from what was said first while none came', () => {
    const backlog = [at(0, 10), at(1000, 9000), at(2000, 9001), at(3000, 9002)];
    expect(serviceOf(backlog)).toEqual({ secondsWithout: 8, withinFive: 0.25 });
  });
});
