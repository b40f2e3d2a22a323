/** Topics that no group uses any more go once their records are over, if nothing in them waits. */
import { dedicatedTopic, messageOf, type Clock, type Millis } from '@chatwarden/contracts';
import type { Logger } from '@chatwarden/daemon';
import type { SettingsCache, Store } from '@chatwarden/store';
import type { TopicDoor } from './ports.ts';

export interface SweepTopicsDeps {
  store: Pick<Store, 'retiredTopics'>;
  settings: Pick<SettingsCache, 'routeOf'>;
  topics: Pick<TopicDoor, 'look' | 'remove'>;
  keepMs: Millis;
  clock: Clock;
  log: Pick<Logger, 'info' | 'warn'>;
}

/** Resolves to how many topics went. */
export async function sweepTopics({ store, settings, topics, keepMs, clock, log }: SweepTopicsDeps): Promise<number> {
  let gone = 0;
  for (const { groupId } of await store.retiredTopics.listRetiredTopics(clock.now() - keepMs)) {
    const topic = dedicatedTopic(groupId);
    const facts = (await topics.look([topic])).get(topic);
    if (settings.routeOf(groupId)?.dedicated) {
      await store.retiredTopics.forgetRetiredTopic(groupId);
      continue;
    }
    if (facts && facts.lag > 0) {
      log.warn({ topic, lag: facts.lag }, 'a topic that no group uses has messages that nobody judged; it stays');
      continue;
    }
    try {
      if (facts) await topics.remove(topic);
      await store.retiredTopics.forgetRetiredTopic(groupId);
      gone += 1;
      log.info({ topic }, 'deleted the topic of a group that shares again, or is gone');
    } catch (error) {
      log.warn({ err: error, topic }, `a topic could not be deleted, and is tried again: ${messageOf(error)}`);
    }
  }
  return gone;
}
