import { CONDITION_TYPES, type Condition, type ConditionType } from '@chatwarden/contracts';
import { describe, expect, it } from 'vitest';
import { aTelegramGroup } from '../../test/builders.ts';
import { aWork, type TestWork } from '../../test/work.ts';
import { conditionsOf } from './conditions.ts';
import { no, say, yes } from './work.ts';

const NOW_TIME = '2026-11-26T12:00:00Z';
const EARLIER = '2026-11-26T09:00:00Z';

function said(work: TestWork): Record<string, string> {
  return Object.fromEntries(conditionsOf(work).map(({ type, status, reason }) => [type, `${status}/${reason}`]));
}

function aHealthyWork(conditions?: Condition[]): TestWork {
  const group = aTelegramGroup({ generation: 4, ...(conditions ? { status: { conditions } } : {}) });
  const work = aWork(group, { place: 'Shared' });
  for (const type of ['ConfigurationValid', 'TopicReady', 'WorkloadAvailable'] as const) say(work, type, yes('Fine'));
  return work;
}

function former(type: ConditionType, status: Condition['status'], reason = 'Before'): Condition {
  return { type, status, reason, message: 'of before', observedGeneration: 1, lastTransitionTime: EARLIER };
}

describe('the conditions', () => {
  it('are all there on the first look, unknown where nobody has looked', () => {
    const conditions = conditionsOf(aWork());
    expect(conditions.map(({ type }) => type)).toEqual([...CONDITION_TYPES]);
    expect(conditions.find(({ type }) => type === 'ScalingActive')).toEqual({
      type: 'ScalingActive',
      status: 'Unknown',
      reason: 'NotObserved',
      message: 'the operator has not looked at this yet',
      observedGeneration: 1,
      lastTransitionTime: NOW_TIME,
    });
  });

  it('say that a group is ready when what it needs is', () => {
    expect(said(aHealthyWork())).toMatchObject({
      Ready: 'True/Shared',
      Reconciling: 'False/UpToDate',
      Stalled: 'False/NotStalled',
      Paused: 'False/NotPaused',
    });
  });

  it('keep their time until the status flips, whatever else is said', () => {
    const work = aHealthyWork([former('TopicReady', 'True'), former('WorkloadAvailable', 'False')]);
    const byType = new Map(conditionsOf(work).map((condition) => [condition.type, condition]));
    expect(byType.get('TopicReady')).toMatchObject({ reason: 'Fine', lastTransitionTime: EARLIER });
    expect(byType.get('WorkloadAvailable')).toMatchObject({ status: 'True', lastTransitionTime: NOW_TIME });
    expect(byType.get('TopicReady')?.observedGeneration).toBe(4);
  });

  it('tell on what this look did not get to', () => {
    const work = aHealthyWork([former('ScalingActive', 'True', 'KEDA')]);
    expect(said(work)['ScalingActive']).toBe('True/KEDA');
  });

  it('sum up the first thing that is missing, with what to do', () => {
    const work = aHealthyWork();
    say(work, 'ConfigurationValid', no('Unclaimed', 'let them send the code'));
    const ready = conditionsOf(work).find(({ type }) => type === 'Ready');
    expect(ready).toMatchObject({ status: 'False', reason: 'Unclaimed', message: 'let them send the code' });
  });

  it('call a group that works ready while it is given new detectors', () => {
    const work = aHealthyWork();
    work.waits.push(yes('Rolling', 'one by one'));
    expect(said(work)).toMatchObject({ Ready: 'True/Shared', Reconciling: 'True/Rolling' });
  });

  it('do not call it ready when something cannot get better by itself', () => {
    const work = aHealthyWork();
    work.stalls.push(yes('RolloutFailed', 'look at the log'));
    expect(said(work)).toMatchObject({ Ready: 'False/RolloutFailed', Stalled: 'True/RolloutFailed' });
  });

  it('tell on whether it was ready while it is paused', () => {
    const work = aWork(aTelegramGroup({ status: { conditions: [former('Ready', 'True', 'Dedicated')] } }));
    say(work, 'Paused', yes('Suspended', 'until it is false'));
    expect(said(work)).toMatchObject({ Ready: 'True/Dedicated', Paused: 'True/Suspended' });
    const never = aWork();
    say(never, 'Paused', yes('Suspended', 'until it is false'));
    expect(said(never)['Ready']).toBe('Unknown/Paused');
  });
});
