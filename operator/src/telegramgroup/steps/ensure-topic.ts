/** A topic of the group's own: made, grown when more partitions are asked for, never shrunk. */
import { dedicatedTopic, messageOf } from '@chatwarden/contracts';
import type { Store } from '@chatwarden/store';
import type { TopicDoor, TopicWatch } from '../ports.ts';
import { no, say, unknown, yes, type Step, type Work } from '../work.ts';

export interface EnsureTopicDeps {
  topics: TopicDoor;
  watch: TopicWatch;
  store: Pick<Store, 'retiredTopics'>;
}

const LOOK_AGAIN_MS = 10_000;

export function createEnsureTopic({ topics, watch, store }: EnsureTopicDeps): Step {
  async function ensure(work: Work): Promise<number> {
    const { chat, group } = work;
    if (!chat) throw new Error('no topic without a group');
    const known = watch.factsOf(chat.groupId);
    if (known?.exists && known.partitions >= group.spec.partitions) return known.partitions;
    const partitions = await topics.ensure(dedicatedTopic(chat.groupId), group.spec.partitions);
    // One that waited for its end is in use again.
    await store.retiredTopics.forgetRetiredTopic(chat.groupId);
    await watch.look(chat.groupId);
    return partitions;
  }

  return async (work) => {
    if (work.place !== 'Dedicated') return 'next';
    try {
      work.partitions = await ensure(work);
    } catch (error) {
      say(
        work,
        'TopicReady',
        unknown('KafkaAway', `Kafka could not be asked: ${messageOf(error)}. It is tried again.`),
      );
      work.again(LOOK_AGAIN_MS);
      work.partitions = work.group.status?.partitions ?? 0;
      // What runs is looked after as long as Kafka is away.
      return work.partitions > 0 ? 'next' : 'end';
    }
    work.status.partitions = work.partitions;
    if (work.partitions > work.group.spec.partitions) {
      const message = `the topic has ${work.partitions} partitions, more than spec.partitions says; they cannot be taken away`;
      say(work, 'TopicReady', yes('MorePartitions', message));
    } else say(work, 'TopicReady', yes('TopicReady', `${work.partitions} partitions`));
    return 'next';
  };
}

/** For a group without a topic of its own. */
export function sayShared(work: Work): void {
  say(work, 'TopicReady', yes('Shared', 'its events are in the topic of all groups'));
  say(work, 'WorkloadAvailable', yes('Shared', 'the shared detectors judge this group'));
  say(work, 'ScalingActive', no('Shared', 'the shared detectors scale for all groups together'));
  say(work, 'ThroughputMet', unknown('Shared', 'what a group of the shared detectors bears depends on the others'));
}
