import { describe, expect, it } from 'vitest';
import { manualClock } from '../clock.ts';
import { createFaults } from './faults.ts';
import type { FaultRule, Target } from './rule.ts';

const CUT = { kind: 'cut' } as const;
const aTarget = (target: Partial<Target> = {}): Target => ({
  token: '100:secret',
  botId: 100,
  method: 'sendMessage',
  chatId: -1,
  atMs: 0,
  ...target,
});

function someFaults(...rules: FaultRule[]) {
  const isMethod = (name: string) => ['sendmessage', 'getme'].includes(name.toLowerCase());
  const clock = manualClock(0);
  const faults = createFaults({ clock, isMethod, endPolls: () => {}, onComeBack: () => {} });
  for (const rule of rules) faults.add(rule);
  const isStruck = (target: Partial<Target> = {}) => faults.strike(aTarget(target)) !== undefined;
  const row = (calls: number) => Array.from({ length: calls }, () => isStruck());
  return { faults, clock, isStruck, row };
}

describe('a rule of faults', () => {
  it('strikes every call unless it says which', () => {
    const { row, isStruck } = someFaults({ fault: CUT });
    expect(row(3)).toEqual([true, true, true]);
    expect(isStruck({ method: 'getMe', chatId: undefined })).toBe(true);
  });

  it('is about a bot by its token or its id', () => {
    for (const bot of ['100:secret', '100', 100]) {
      const { isStruck } = someFaults({ fault: CUT, bot });
      expect(isStruck()).toBe(true);
      expect(isStruck({ token: '200:other', botId: 200 })).toBe(false);
    }
  });

  it('is about methods in any case', () => {
    const { isStruck } = someFaults({ fault: CUT, methods: ['SENDMESSAGE'] });
    expect(isStruck()).toBe(true);
    expect(isStruck({ method: 'getMe' })).toBe(false);
  });

  it('is about chats, and then not about calls that name none', () => {
    const { isStruck } = someFaults({ fault: CUT, chats: [-1, -2] });
    expect(isStruck({ chatId: -2 })).toBe(true);
    expect(isStruck({ chatId: -3 })).toBe(false);
    expect(isStruck({ chatId: undefined })).toBe(false);
  });

  it('lets some pass and strikes so many', () => {
    expect(someFaults({ fault: CUT, skip: 1, times: 2 }).row(5)).toEqual([false, true, true, false, false]);
  });

  it('strikes from one time until before another', () => {
    const { isStruck } = someFaults({ fault: CUT, fromMs: 10, untilMs: 20 });
    expect([9, 10, 19, 20].map((atMs) => isStruck({ atMs }))).toEqual([false, true, true, false]);
  });

  it('strikes for a while from now, or from when it begins', () => {
    const { faults, clock } = someFaults();
    clock.advance(100);
    expect(faults.add({ fault: CUT, forMs: 50 })).toMatchObject({ untilMs: 150 });
    expect(faults.add({ fault: CUT, fromMs: 200, forMs: 50 })).toMatchObject({ fromMs: 200, untilMs: 250 });
  });

  it('draws the same row for the same seed, about as often as it should', () => {
    const row = (seed: number) => someFaults({ fault: CUT, probability: 0.3, seed }).row(1000);
    expect(row(7)).toEqual(row(7));
    expect(row(7)).not.toEqual(row(8));
    const struck = row(7).filter(Boolean).length;
    expect(struck).toBeGreaterThan(250);
    expect(struck).toBeLessThan(350);
  });

  it('strikes never at probability 0 and always at 1', () => {
    expect(someFaults({ fault: CUT, probability: 0 }).row(3)).toEqual([false, false, false]);
    expect(someFaults({ fault: CUT, probability: 1 }).row(3)).toEqual([true, true, true]);
  });

  it('leaves a call that it lets pass to the next', () => {
    const { faults } = someFaults({ fault: CUT, times: 1 }, { fault: { kind: 'noAnswer' } });
    const kinds = [faults.strike(aTarget()), faults.strike(aTarget())].map((struck) => struck?.fault.kind);
    expect(kinds).toEqual(['cut', 'noAnswer']);
  });

  it('counts what it saw and struck', () => {
    const { faults, row } = someFaults({ fault: CUT, skip: 1 });
    row(3);
    expect(faults.list()).toEqual([{ id: 1, fault: CUT, skip: 1, seen: 3, struck: 2 }]);
  });

  it('is over when removed', () => {
    const { faults, row } = someFaults({ fault: CUT }, { fault: CUT });
    faults.remove(1);
    expect(faults.list()).toMatchObject([{ id: 2 }]);
    faults.clear();
    expect(row(1)).toEqual([false]);
    expect(() => faults.remove(1)).toThrow('there is no fault 1');
  });

  it('is refused when it could never strike', () => {
    const { faults } = someFaults();
    const adding = (rule: Partial<FaultRule>) => () => faults.add({ fault: CUT, ...rule });
    expect(adding({ methods: ['sendMesage'] })).toThrow('there is no method "sendMesage"');
    expect(adding({ fromMs: 2, untilMs: 2 })).toThrow('the time of a rule must end after it begins');
    expect(adding({ forMs: 0 })).toThrow('the time of a rule must end after it begins');
    expect(adding({ probability: 1.5 })).toThrow('probability is from 0 to 1');
    expect(adding({ times: 0 })).toThrow('times is 1 or more');
    expect(adding({ skip: -1 })).toThrow('skip is 0 or more');
    expect(faults.list()).toEqual([]);
  });
});
