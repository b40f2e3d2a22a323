import type { Condition } from '@chatwarden/contracts';
import { describe, expect, it } from 'vitest';
import { aTelegramGroup } from '../../test/builders.ts';
import { eventsOf } from './tell-changes.ts';

function condition(over: Partial<Condition> & Pick<Condition, 'type'>): Condition {
  return {
    status: 'True',
    reason: 'Fine',
    message: 'all is well',
    lastTransitionTime: '2026-11-26T10:00:00Z',
    ...over,
  };
}

const told = (before: Condition[], after: Condition[]) =>
  eventsOf(aTelegramGroup({ status: { conditions: before } }), { conditions: after });

describe('events', () => {
  it('tell what changed, and nothing twice', () => {
    const topic = condition({ type: 'TopicReady' });
    const workload = condition({
      type: 'WorkloadAvailable',
      status: 'False',
      reason: 'NoDetectors',
      message: 'no node',
    });
    expect(told([topic], [topic, workload])).toEqual([
      { type: 'Warning', reason: 'NoDetectors', message: 'no node', action: 'WorkloadAvailable' },
    ]);
    expect(told([topic, workload], [topic, workload])).toEqual([]);
  });

  it('do not repeat a message whose numbers change', () => {
    const say = (message: string) =>
      condition({ type: 'ThroughputMet', status: 'False', reason: 'CatchingUp', message });
    expect(told([say('since 10:00')], [say('since 10:01')])).toEqual([]);
  });

  it('leave out sums, what is unknown, and news that are none', () => {
    const after = [
      condition({ type: 'Ready' }),
      condition({ type: 'Reconciling', reason: 'Rolling' }),
      condition({ type: 'ScalingActive', status: 'Unknown', reason: 'Starting' }),
      condition({ type: 'Paused', status: 'False', reason: 'NotPaused' }),
      condition({ type: 'Stalled', status: 'False', reason: 'NotStalled' }),
    ];
    expect(told([], after)).toEqual([]);
  });

  it('warn of what is bad when it is true', () => {
    const stalled = condition({ type: 'Stalled', reason: 'RolloutFailed', message: 'look' });
    expect(told([], [stalled])).toMatchObject([{ type: 'Warning', reason: 'RolloutFailed' }]);
  });

  it('are one for a new group that shares', () => {
    const shared = [
      condition({ type: 'ConfigurationValid', reason: 'Valid' }),
      condition({ type: 'DedicatedRecommended', status: 'False', reason: 'LowRate' }),
      condition({ type: 'TopicReady', reason: 'Shared' }),
      condition({ type: 'WorkloadAvailable', reason: 'Shared', message: 'the shared detectors judge this group' }),
      condition({ type: 'ScalingActive', status: 'False', reason: 'Shared' }),
      condition({ type: 'ThroughputMet', status: 'Unknown', reason: 'Shared' }),
    ];
    expect(told([], shared)).toEqual([
      {
        type: 'Normal',
        reason: 'Shared',
        message: 'the shared detectors judge this group',
        action: 'WorkloadAvailable',
      },
    ]);
  });

  it('tell when what was wrong is mended', () => {
    const mended = condition({ type: 'ConfigurationValid', reason: 'Valid' });
    const wrong = condition({ type: 'ConfigurationValid', status: 'False', reason: 'ChatUnknown' });
    expect(told([wrong], [mended])).toMatchObject([{ type: 'Normal', reason: 'Valid' }]);
  });

  it('tell of a switch', () => {
    const group = aTelegramGroup({ status: { activeColor: 'blue' } });
    expect(eventsOf(group, { activeColor: 'green' })).toEqual([
      {
        type: 'Normal',
        reason: 'Switched',
        message: 'the green detectors judge now, the blue ones stand by',
        action: 'Rollout',
      },
    ]);
  });
});
