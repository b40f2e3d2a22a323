/**
 * Topics of which a few are Kafka's and the others are remembered only: one broker of this machine does not bear hundreds
 * of topics beside a control plane, and what they cost the operator are the calls.
 */
import type { DedicatedTopic } from '@chatwarden/contracts';
import { recordTopics } from '../../../operator/test/recorded-topics.ts';
import type { TopicDoor } from '../../../operator/src/telegramgroup/ports.ts';

export interface MixedTopics {
  topics: TopicDoor;
  /** By name of the call, `(Kafka)` behind those that went there. */
  calls: Record<string, number>;
}

export interface MixedTopicsOptions {
  /** Absent when there is no Kafka. */
  real?: TopicDoor;
  isReal(topic: DedicatedTopic): boolean;
}

/** No detector runs: what the broker says of its members is asked for and put aside. */
const CONSUMED = { blue: 2, green: 0 };

export function mixTopics({ real, isReal }: MixedTopicsOptions): MixedTopics {
  const calls: Record<string, number> = {};
  const recorded = recordTopics(async () => CONSUMED);
  const count = (name: string) => void (calls[name] = (calls[name] ?? 0) + 1);

  /** Where the topic is; one call more. */
  function doorOf(call: string, topic: DedicatedTopic): TopicDoor {
    const door = real && isReal(topic) ? real : recorded;
    count(door === recorded ? call : `${call} (Kafka)`);
    return door;
  }

  const topics: TopicDoor = {
    ensure: (topic, partitions) => doorOf('ensure', topic).ensure(topic, partitions),
    remove: (topic) => doorOf('remove', topic).remove(topic),
    names: recorded.names,
    async members(topic) {
      await doorOf('members', topic).members(topic);
      return CONSUMED;
    },
    async look(asked) {
      const [there, remembered] = [
        real ? asked.filter(isReal) : [],
        real ? asked.filter((one) => !isReal(one)) : asked,
      ];
      if (remembered.length > 0) count('look');
      const found = await recorded.look(remembered);
      if (there.length === 0) return found;
      count('look (Kafka)');
      return new Map([...found, ...((await real?.look(there)) ?? [])]);
    },
  };
  return { topics, calls };
}
