/**
 * Back to the shared detectors, without losing a message: route, every publisher has it, the topic is empty, and only
 * then do the group's own detectors go. The topic itself stays for as long as its records are kept.
 */
import { dedicatedTopic, type GroupId, type TelegramGroup } from '@chatwarden/contracts';
import type { SettingsCache, Store } from '@chatwarden/store';
import { deploymentName, detectorName } from '../desired/names.ts';
import { pruneConfigMaps } from './belongings.ts';
import type { GroupObjects, Kind } from './group-objects.ts';
import { COLOURS } from './detectors.ts';
import type { TopicDoor } from './ports.ts';
import type { PublishersBehind } from './publishers-behind.ts';
import { shareRoute } from './share-route.ts';
import type { Work } from './work.ts';

export interface RetireDeps {
  objects: GroupObjects;
  store: Pick<Store, 'settings' | 'retiredTopics'>;
  settings: Pick<SettingsCache, 'routeOf' | 'refreshTo'>;
  topics: Pick<TopicDoor, 'look'>;
  publishersBehind: PublishersBehind;
}

export type Retired = { state: 'nothing' | 'done' } | { state: 'waits'; reason: string; message: string };
export type Retire = (work: Work, groupId: GroupId) => Promise<Retired>;

export function createRetire(deps: RetireDeps): Retire {
  const { objects, store, settings, topics, publishersBehind } = deps;

  return async ({ group, now }, groupId) => {
    const route = settings.routeOf(groupId);
    if (!route?.dedicated && !hasRemains(objects, group)) return { state: 'nothing' };
    await shareRoute(deps, groupId);
    const behind = await publishersBehind(settings.routeOf(groupId)?.revision ?? 0, now);
    if (behind.length > 0) {
      const message = `${behind.join(', ')} may still publish to its own topic; its detectors stay until then`;
      return { state: 'waits', reason: 'RouteSpreading', message };
    }
    const topic = dedicatedTopic(groupId);
    const facts = (await topics.look([topic])).get(topic);
    if (facts?.exists && facts.lag > 0) {
      const message = `${facts.lag} messages in its own topic are not judged yet; its detectors stay until then`;
      return { state: 'waits', reason: 'Draining', message };
    }
    if (facts?.exists) await store.retiredTopics.retireTopic(groupId, now);
    await removeAll(objects, group);
    return { state: 'done' };
  };
}

/** The autoscaler first, so that nothing brings back what goes; what is named by its content comes last. */
const IN_ORDER: readonly Kind[] = [
  'ScaledObject',
  'HorizontalPodAutoscaler',
  'Deployment',
  'PodDisruptionBudget',
  'NetworkPolicy',
  'PodMonitor',
  'PrometheusRule',
  'ServiceAccount',
];

async function removeAll(objects: GroupObjects, group: TelegramGroup): Promise<void> {
  for (const { kind, name } of namesOf(group)) {
    await objects.remove(kind, { namespace: group.metadata.namespace, name });
  }
  await pruneConfigMaps(objects, group, { keep: [] });
}

function hasRemains(objects: GroupObjects, group: TelegramGroup): boolean {
  const { namespace } = group.metadata;
  return namesOf(group).some(({ kind, name }) => isOurs(objects.find(kind, { namespace, name }), group));
}

function namesOf(group: TelegramGroup): { kind: Kind; name: string }[] {
  return IN_ORDER.flatMap((kind) => {
    const names =
      kind === 'Deployment' ? COLOURS.map((colour) => deploymentName(group, colour)) : [detectorName(group)];
    return names.map((name) => ({ kind, name }));
  });
}

type Owned = {
  metadata: { labels?: Record<string, string>; ownerReferences?: { uid: string }[]; deletionTimestamp?: string };
};

function isOurs(object: Owned | undefined, { metadata }: TelegramGroup): boolean {
  if (!object || object.metadata.deletionTimestamp !== undefined) return false;
  return object.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid) === true;
}
