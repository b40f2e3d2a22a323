/**
 * Topics that no group uses any more go once their records are over. Where something in one was never judged, since its
 * detectors went before, the shared ones are told to consume it until nothing is left.
 */
import { dedicatedTopic, messageOf, type Clock, type GroupId, type Millis } from '@chatwarden/contracts';
import type { Logger } from '@chatwarden/daemon';
import type { RetiredTopic, SettingsCache, Store } from '@chatwarden/store';
import type { TopicDoor, TopicFacts } from './ports.ts';
import type { PublishersBehind } from './publishers-behind.ts';

export interface SweepTopicsDeps {
  store: Pick<Store, 'retiredTopics'>;
  settings: Pick<SettingsCache, 'routeOf'>;
  topics: Pick<TopicDoor, 'look' | 'remove'>;
  publishersBehind: PublishersBehind;
  /** Whether a TelegramGroup is about to use it again. */
  isWanted(groupId: GroupId): boolean;
  keepMs: Millis;
  clock: Clock;
  log: Pick<Logger, 'info' | 'warn'>;
}

type Facts = Pick<TopicFacts, 'lag'> | undefined;

/** Resolves to how many topics went, and in how many something waits. */
export async function sweepTopics(deps: SweepTopicsDeps): Promise<{ gone: number; unread: number }> {
  const { store, settings, topics, clock } = deps;
  const retired = await store.retiredTopics.listRetiredTopics(clock.now());
  const found =
    retired.length > 0 ? await topics.look(retired.map(({ groupId }) => dedicatedTopic(groupId))) : new Map();
  const count = { gone: 0, unread: 0 };
  for (const topic of retired) {
    if (settings.routeOf(topic.groupId)?.dedicated) {
      await store.retiredTopics.forgetRetiredTopic(topic.groupId);
      continue;
    }
    const facts: Facts = found.get(dedicatedTopic(topic.groupId));
    if (await isUnread(deps, topic, facts)) count.unread += 1;
    else if (await isOver(deps, topic)) count.gone += Number(await remove(deps, topic, facts));
  }
  return count;
}

/** And says so to the shared detectors, who stay for as long as something may still be on its way there. */
async function isUnread(deps: SweepTopicsDeps, { groupId, unread }: RetiredTopic, facts: Facts): Promise<boolean> {
  const { store, log } = deps;
  const isNow = facts !== undefined && (facts.lag > 0 || (unread && (await hasPublishers(deps, groupId))));
  if (isNow === unread) return isNow;
  await store.retiredTopics.markUnread(groupId, isNow);
  const topic = dedicatedTopic(groupId);
  if (isNow) log.warn({ topic, lag: facts.lag }, 'the shared detectors judge what is left in a topic without its own');
  else log.info({ topic }, 'all is judged that was left in a topic without detectors of its own');
  return isNow;
}

async function isOver(deps: SweepTopicsDeps, { groupId, retiredAt }: RetiredTopic): Promise<boolean> {
  if (retiredAt >= deps.clock.now() - deps.keepMs || deps.isWanted(groupId)) return false;
  return !(await hasPublishers(deps, groupId));
}

async function hasPublishers(
  { settings, publishersBehind, clock }: SweepTopicsDeps,
  groupId: GroupId,
): Promise<boolean> {
  return (await publishersBehind(settings.routeOf(groupId)?.revision ?? 0, clock.now())).length > 0;
}

async function remove(
  { store, topics, log }: SweepTopicsDeps,
  { groupId }: RetiredTopic,
  facts: Facts,
): Promise<boolean> {
  const topic = dedicatedTopic(groupId);
  try {
    if (facts) await topics.remove(topic);
    await store.retiredTopics.forgetRetiredTopic(groupId);
    if (facts) log.info({ topic }, 'deleted the topic of a group that shares again, or is gone');
    return facts !== undefined;
  } catch (error) {
    log.warn({ err: error, topic }, `a topic could not be deleted, and is tried again: ${messageOf(error)}`);
    return false;
  }
}
