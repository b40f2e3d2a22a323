/**
 * Into the group's own topic, once somebody consumes it: topic, consumers ready, route. The shared detectors go on with
 * what is on its way to them.
 */
import { dedicatedTopic, messageOf, type GroupId, type Revision } from '@chatwarden/contracts';
import type { SettingsCache, Store } from '@chatwarden/store';
import type { TopicDoor } from '../ports.ts';
import type { PublishersBehind } from '../publishers-behind.ts';
import { yes, type Step, type Work } from '../work.ts';

export interface OpenRouteDeps {
  store: Pick<Store, 'settings'>;
  settings: Pick<SettingsCache, 'routeOf' | 'refreshTo'>;
  topics: Pick<TopicDoor, 'members'>;
  publishersBehind: PublishersBehind;
}

const LOOK_AGAIN_MS = 2000;

export function createOpenRoute({ store, settings, topics, publishersBehind }: OpenRouteDeps): Step {
  /** Routes that every publisher is known to have; who begins later has them from the start. */
  const spread = new Map<GroupId, Revision>();

  return async (work) => {
    const { chat, rollout } = work;
    if (work.place !== 'Dedicated' || !chat || !rollout) return 'next';
    if (settings.routeOf(chat.groupId)?.dedicated !== true) {
      const why = await whyNotYet(work);
      if (why !== undefined) return wait(work, 'WaitingForDetectors', why);
      const { revision } = await store.settings.changeRoute(chat.groupId, { dedicated: true });
      await settings.refreshTo(revision);
    }
    const revision = settings.routeOf(chat.groupId)?.revision ?? 0;
    if (spread.get(chat.groupId) === revision) return 'next';
    const behind = await publishersBehind(revision, work.now);
    if (behind.length > 0)
      return wait(work, 'RouteSpreading', `${behind.join(', ')} will publish to its topic any moment`);
    spread.set(chat.groupId, revision);
    return 'next';
  };

  async function whyNotYet({ chat, rollout, status }: Work): Promise<string | undefined> {
    if (!chat || !rollout) return 'nothing is planned';
    if ((status.readyReplicas ?? 0) === 0) return 'its detectors are not ready yet; the shared ones judge meanwhile';
    try {
      const members = await topics.members(dedicatedTopic(chat.groupId));
      if (members[rollout.active] > 0) return undefined;
      return 'its detectors do not consume yet; the shared ones judge meanwhile';
    } catch (error) {
      return `Kafka could not be asked: ${messageOf(error)}`;
    }
  }
}

function wait(work: Work, reason: string, message: string): 'next' {
  work.waits.push(yes(reason, message));
  work.again(LOOK_AGAIN_MS);
  return 'next';
}
