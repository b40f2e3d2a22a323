/** What the machine of a roll-out is told: the Deployments, the gate, who consumes, and what the status remembers. */
import { dedicatedTopic, type Colour, type GroupId } from '@chatwarden/contracts';
import type { SettingsCache } from '@chatwarden/store';
import { revisionOf } from '../../desired/deployment.ts';
import type { Installation } from '../../desired/installation.ts';
import type { Wanted } from '../belongings.ts';
import { COLOURS, factsOf, type Deployments } from '../detectors.ts';
import type { TopicDoor } from '../ports.ts';
import type { Work } from '../work.ts';
import type { RolloutFacts } from './plan-rollout.ts';
import type { Rollouts } from './rollouts.ts';

export interface RolloutFactsDeps {
  installation: Installation;
  settings: Pick<SettingsCache, 'gateOf'>;
  topics: Pick<TopicDoor, 'members'>;
  rollouts: Rollouts;
}

export interface Present {
  groupId: GroupId;
  live: Deployments;
  wanted: Wanted;
}

const SOAK_SECONDS = 300;
const MS_PER_SECOND = 1000;

export async function gatherFacts(
  { installation, settings, topics, rollouts }: RolloutFactsDeps,
  { group, now, sizing, key }: Work,
  { groupId, live, wanted }: Present,
): Promise<RolloutFacts> {
  const { strategy, soakSeconds = SOAK_SECONDS } = group.spec.rollout;
  const { switchedAt, failedRevision } = group.status?.rollout ?? {};
  const both = live.blue !== undefined && live.green !== undefined;
  // Undefined when Kafka cannot be asked: then nothing is concluded.
  const members = both ? await topics.members(dedicatedTopic(groupId)).catch(() => undefined) : undefined;
  const active = settings.gateOf(groupId) ?? 'blue';
  const revision = revisionOf(installation, wanted);
  const colours = coloursOf(live, members);
  const changes = colours[active] !== undefined && colours[active].revision !== revision;
  const mayRoll = !changes || failedRevision === revision || rollouts.mayRoll(key, both);
  return {
    strategy,
    soakMs: soakSeconds * MS_PER_SECOND,
    consumeWithinMs: installation.consumeWithinSeconds * MS_PER_SECOND,
    now,
    wanted: revision,
    minReplicas: sizing?.minReplicas ?? 2,
    active,
    colours,
    switchedAt: switchedAt === undefined ? undefined : Date.parse(switchedAt),
    failedRevision,
    mayRoll,
  };
}

function coloursOf(live: Deployments, members: Record<Colour, number> | undefined): RolloutFacts['colours'] {
  return Object.fromEntries(
    COLOURS.flatMap((colour) => {
      const deployment = live[colour];
      return deployment ? [[colour, factsOf(deployment, members?.[colour])]] : [];
    }),
  );
}
