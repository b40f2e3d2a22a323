import { describe, expect, it } from 'vitest';
import { countsSince, sumOf, writesOf, type Look } from './look.ts';
import { isSound, toRequestTable, toRows, type Measured, type Started } from './rows.ts';

function aLook(over: Partial<Look> = {}): Look {
  return {
    works: true,
    isIdle: true,
    reconciles: 0,
    requests: {},
    methods: {},
    topicCalls: {},
    events: {},
    reconcileSeconds: 0,
    limiterSeconds: 0,
    heapMb: 50,
    heapPeakMb: 60,
    ...over,
  };
}

function aStart(over: Partial<Started> = {}): Started {
  return {
    reconciledSeconds: 10,
    quietSeconds: 20,
    cpuSeconds: 5,
    look: aLook(),
    rssMb: 200,
    rssPeakMb: 210,
    ...over,
  };
}

function aMeasurement(over: Partial<Measured> = {}): Measured {
  const rested = { seconds: 60, before: aLook(), after: aLook(), cpuSeconds: 0.6, transactions: 90 };
  return { started: aStart(), rested, edits: [], restarted: aStart(), ...over };
}

describe('counts', () => {
  it('are told from where they stood before, without those that stand still', () => {
    expect(countsSince({ look: 4, ensure: 2 }, { look: 8, ensure: 2, members: 1 })).toEqual({ look: 4, members: 1 });
  });

  it('tell writes from reads', () => {
    const requests = { 'get pods': 1, 'list pods': 2, 'watch pods': 4, 'apply deployments': 8, 'create events': 16 };
    expect(sumOf(writesOf(requests))).toBe(24);
  });
});

describe('the table', () => {
  it('divides by the time that it took', () => {
    const look = aLook({
      reconciles: 500,
      methods: { GET: 100, PATCH: 300 },
      reconcileSeconds: 80,
      limiterSeconds: 20,
    });
    expect(toRows(aMeasurement({ started: aStart({ look }) }))).toMatchObject({
      'reconciles a second': { measured: 50 },
      'requests a second': { measured: 20 },
      'of reconcile time, waiting for KUBE_QPS': { measured: '25 %' },
    });
  });

  it('names an aim that is missed', () => {
    const edits = [900, 2100].map((ms) => ({ kind: 'Dedicated' as const, ms }));
    const look = aLook({ requests: { 'apply deployments': 3 } });
    const rows = toRows(aMeasurement({ edits, restarted: aStart({ look, rssPeakMb: 600 }) }));
    expect(rows['edit of a Dedicated one p99, ms']).toEqual({ measured: 2100, aim: 'under 2000 ms: MISSED' });
    expect(rows['writes of the restart']).toEqual({ measured: 3, aim: 'none: MISSED' });
    expect(rows['RSS at peak of the restart, MB']).toEqual({ measured: 600, aim: 'under 512 MB: MISSED' });
    expect(rows['RSS at peak, MB']).toEqual({ measured: 210, aim: 'under 512 MB: met' });
  });

  it('counts at rest only what happened then', () => {
    const before = aLook({ requests: { 'apply deployments': 200 }, topicCalls: { look: 40 }, reconciles: 900 });
    const after = aLook({ requests: { 'apply deployments': 200 }, topicCalls: { look: 42 }, reconciles: 901 });
    const rows = toRows(aMeasurement({ rested: { seconds: 30, before, after, cpuSeconds: 0.6, transactions: 45 } }));
    expect(rows).toMatchObject({
      'writes in 30 s at rest': { measured: 0, aim: 'none: met' },
      'reconciles at rest': { measured: 1 },
      'topic calls a minute at rest': { measured: 4 },
      'PostgreSQL transactions a second at rest': { measured: 1.5 },
      'of a core at rest': { measured: 0.02 },
    });
  });

  it('has requests of every phase beside each other', () => {
    const started = aStart({ look: aLook({ requests: { 'list pods': 1, 'apply deployments': 4 } }) });
    const restarted = aStart({ look: aLook({ requests: { 'list pods': 1 } }) });
    expect(toRequestTable(aMeasurement({ started, restarted }))).toEqual({
      'apply deployments': { start: 4, rest: 0, restart: 0 },
      'list pods': { start: 1, rest: 0, restart: 1 },
    });
  });
});

describe('an operator is sound', () => {
  it('that is silent at rest and small', () => {
    expect(isSound(aMeasurement())).toBe(true);
  });

  it.each([
    ['writes at rest', { rested: { ...aMeasurement().rested, after: aLook({ requests: { 'create events': 1 } }) } }],
    ['needs more memory', { restarted: aStart({ rssPeakMb: 512 }) }],
  ])('not when it %s', (_, over) => {
    expect(isSound(aMeasurement(over))).toBe(false);
  });
});
