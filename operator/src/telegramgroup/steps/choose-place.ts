/** Shared or dedicated, as asked, within the ceiling of the cluster; and whether the other one would suit better. */
import type { GroupId } from '@chatwarden/contracts';
import { CAPACITY } from '../../desired/sizing.ts';
import { no, say, yes, type Said, type Step, type Work } from '../work.ts';

export interface ChoosePlaceDeps {
  /** Dedicated groups at most. */
  ceiling: number;
  /** Whether this one is among the first that many; those that have detectors come first. */
  isWithinCeiling(key: string): boolean;
  /** Messages a second in the busiest hour of late; undefined when none is known. */
  rateOf(groupId: GroupId): number | undefined;
  /** From which rate on a group should not share. */
  recommendAt: number;
}

export function createChoosePlace(deps: ChoosePlaceDeps): Step {
  return async (work) => {
    const { isolation } = work.group.spec;
    work.place = isolation;
    if (isolation === 'Dedicated' && !deps.isWithinCeiling(work.key)) {
      work.place = 'Shared';
      const message =
        `this cluster has its ${deps.ceiling} dedicated groups already, so the shared detectors judge this one: ` +
        'make another group Shared, or raise DEDICATED_MAX of the operator';
      say(work, 'ConfigurationValid', no('CeilingReached', message));
    }
    say(work, 'DedicatedRecommended', recommend(work, deps));
    return 'next';
  };
}

function recommend({ chat, group }: Work, { rateOf, recommendAt }: ChoosePlaceDeps): Said {
  const rate = chat && rateOf(chat.groupId);
  if (group.spec.isolation === 'Dedicated') return no('Dedicated', '');
  if (rate === undefined || rate < recommendAt) return no('LowRate', '');
  // Live numbers are metrics: this one changes once an hour, and by steps.
  const shown = rate < 10 ? Math.round(rate) : Math.round(rate / 10) * 10;
  const message =
    `its busiest hour had about ${shown} messages a second, of ${CAPACITY.messagesPerSecond} that one detector bears: ` +
    'set spec.isolation to Dedicated, so that it and the other groups do not wait for each other';
  return yes('HighRate', message);
}
