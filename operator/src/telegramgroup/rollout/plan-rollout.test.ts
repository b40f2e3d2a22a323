import { describe, expect, it } from 'vitest';
import { planRollout, type DetectorsFacts, type RolloutFacts, type RolloutPlan } from './plan-rollout.ts';

const NOON = 1_750_000_000_000;

function detectors(over: Partial<DetectorsFacts> = {}): DetectorsFacts {
  return { revision: 'old', replicas: 3, ready: 3, complete: true, failed: false, members: 3, ...over };
}

function facts(over: Partial<RolloutFacts> = {}): RolloutFacts {
  return {
    strategy: 'BlueGreen',
    soakMs: 300_000,
    consumeWithinMs: 90_000,
    now: NOON,
    wanted: 'new',
    minReplicas: 2,
    active: 'blue',
    colours: { blue: detectors() },
    mayRoll: true,
    ...over,
  };
}

/** The parts that a case is about. */
function planned(over: Partial<RolloutFacts>, ...keys: (keyof RolloutPlan)[]): Partial<RolloutPlan> {
  const plan = planRollout(facts(over));
  return Object.fromEntries(keys.map((key) => [key, plan[key]]));
}

describe('the detectors of a new group', () => {
  it('are made in the colour of the gate, as many as are always there', () => {
    expect(planned({ colours: {} }, 'renew', 'replicas', 'active')).toEqual({
      renew: ['blue'],
      replicas: { blue: 2 },
      active: 'blue',
    });
  });

  it('are not made again beside others when somebody deleted the active ones', () => {
    expect(planned({ colours: { green: detectors() } }, 'renew', 'active')).toEqual({ renew: [], active: 'green' });
  });
});

describe('detectors that are as wanted', () => {
  it('are kept, with nothing to tell', () => {
    const plan = planRollout(facts({ wanted: 'old' }));
    expect(plan).toEqual({
      renew: ['blue'],
      replicas: {},
      remove: [],
      active: 'blue',
      held: false,
      switchedAt: undefined,
      failedRevision: undefined,
    });
  });

  it('are told of while some are not ready', () => {
    const blue = detectors({ ready: 1, complete: false });
    expect(planRollout(facts({ wanted: 'old', colours: { blue } })).progress).toEqual({
      reason: 'Rolling',
      message: '1 of 3 detectors are ready',
    });
  });

  it('end what was prepared beside them for a revision that nobody wants any more', () => {
    const colours = { blue: detectors(), green: detectors({ revision: 'given up' }) };
    expect(planned({ wanted: 'old', colours }, 'remove', 'held')).toEqual({ remove: ['green'], held: false });
  });
});

describe('a rolling roll-out', () => {
  it('changes the detectors in place', () => {
    expect(planned({ strategy: 'Rolling' }, 'renew', 'replicas', 'active')).toEqual({
      renew: ['blue'],
      replicas: {},
      active: 'blue',
    });
  });

  it('waits while as many other groups roll as may', () => {
    const plan = planRollout(facts({ strategy: 'Rolling', mayRoll: false }));
    expect([plan.renew, plan.progress?.reason]).toEqual([[], 'RolloutQueued']);
  });

  it('says so when Kubernetes gives up on it', () => {
    const blue = detectors({ revision: 'new', complete: false, failed: true });
    expect(planRollout(facts({ strategy: 'Rolling', colours: { blue } })).failure?.reason).toBe('RolloutFailed');
  });
});

describe('a blue-green roll-out', () => {
  const standby = (over: Partial<DetectorsFacts> = {}) => detectors({ revision: 'new', members: 0, ...over });

  it('makes the other colour as large as the active one, and holds the autoscaler', () => {
    const plan = planRollout(facts({ colours: { blue: detectors({ replicas: 5 }) } }));
    expect(plan).toMatchObject({ renew: ['green'], replicas: { green: 5 }, active: 'blue', held: true });
    expect(plan.progress?.message).toBe('the green detectors get ready: 0 of 5');
  });

  it('does not switch until all of them stand ready', () => {
    const colours = { blue: detectors(), green: standby({ ready: 2, complete: false }) };
    expect(planned({ colours }, 'active', 'held')).toEqual({ active: 'blue', held: true });
  });

  it('sets the gate once they do', () => {
    const plan = planRollout(facts({ colours: { blue: detectors(), green: standby() } }));
    expect(plan).toMatchObject({ active: 'green', switchedAt: NOON, held: true, remove: [] });
  });

  const switched = (over: Partial<RolloutFacts> = {}): Partial<RolloutFacts> => ({
    active: 'green',
    switchedAt: NOON,
    now: NOON + 10_000,
    colours: { green: standby({ members: 3 }), blue: detectors({ members: 0 }) },
    ...over,
  });

  it('scales nothing until the former consumers have left and the new ones joined', () => {
    const colours = { green: standby(), blue: detectors({ members: 2 }) };
    const plan = planRollout(facts(switched({ colours })));
    expect(plan).toMatchObject({ held: true, remove: [], progress: { reason: 'Switching' } });
  });

  it('keeps the former ones standing by for the soak', () => {
    const plan = planRollout(facts(switched()));
    expect(plan).toMatchObject({ held: false, remove: [], switchedAt: NOON, progress: { reason: 'Soaking' } });
  });

  it('removes them afterwards', () => {
    expect(planned(switched({ now: NOON + 300_000 }), 'remove', 'switchedAt', 'progress')).toEqual({
      remove: ['blue'],
      switchedAt: undefined,
      progress: undefined,
    });
  });

  it.each([
    ['Kubernetes has given up on them', standby({ failed: true, members: 1 }), 1000],
    ['none of them is ready', standby({ ready: 0, members: 1 }), 100_000],
    ['none of them consumes', standby({ members: 0 }), 100_000],
  ])('puts the former ones back when %s', (why, green, sinceMs) => {
    const colours = { green, blue: detectors({ members: 0 }) };
    const plan = planRollout(facts(switched({ colours, now: NOON + sinceMs })));
    expect(plan).toMatchObject({ active: 'blue', failedRevision: 'new', switchedAt: undefined, held: true });
    expect(plan.failure?.message).toContain(why);
  });

  it('is not put back for what Kafka could not be asked', () => {
    const colours = { green: standby({ members: undefined }), blue: detectors({ members: undefined }) };
    const plan = planRollout(facts(switched({ colours, now: NOON + 100_000 })));
    expect(plan).toMatchObject({ active: 'green', held: true });
  });

  it('is not tried again until another revision is wanted', () => {
    const colours = { blue: detectors(), green: standby() };
    const failed = { colours, failedRevision: 'new' };
    expect(planned(failed, 'renew', 'remove', 'active')).toEqual({ renew: [], remove: ['green'], active: 'blue' });
    expect(planRollout(facts(failed)).failure?.reason).toBe('RolloutFailed');
    expect(planned({ ...failed, wanted: 'newer' }, 'renew', 'active')).toEqual({ renew: ['green'], active: 'blue' });
  });

  it('gives up on detectors that do not get ready, before any of them has judged', () => {
    const colours = { blue: detectors(), green: standby({ failed: true, complete: false, ready: 0 }) };
    const plan = planRollout(facts({ colours }));
    expect(plan).toMatchObject({ active: 'blue', remove: ['green'], failedRevision: 'new' });
  });
});
