import { hasKafka } from '@chatwarden/testkit/kafka';
import type { Consumer, ConsumerConfig, Kafka } from 'kafkajs';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  aCluster,
  aCollector,
  aKafkaBus,
  bareKafka,
  hasAll,
  idsOf,
  QUICK,
  realClock,
  someEvents,
  until,
} from '../../../test/a-kafka-bus.ts';
import type { Handle } from '../../bus.ts';
import type { Topic } from '@chatwarden/contracts';
import { openAdminDoor } from '../connect/admin-door.ts';
import { kafkaNames } from '../connect/names.ts';
import type { GroupEvent } from '../events.ts';
import { readPositions } from './positions.ts';
import { MemberSubscription } from './subscription.ts';
import { DEFAULT_TUNING } from './tuning.ts';

const IMPATIENT = { ...DEFAULT_TUNING, ...QUICK, watchMs: 200, stuckAfterMs: 1500, replacementsMax: 1 };

/** Its first consumers stay in their group and never fetch, as kafkajs has been seen to do. */
function idling(kafka: Kafka, times: number): Kafka {
  let left = times;
  const consumer = (config: ConsumerConfig): Consumer => {
    left -= 1;
    const real = kafka.consumer(config);
    return left >= 0 ? { ...real, resume: () => {} } : real;
  };
  return { consumer } as Kafka;
}

async function watched({ idleMembers }: { idleMembers: number }) {
  const { connection } = await aCluster();
  const kafka = bareKafka(connection);
  const { admin, closeAdmin } = openAdminDoor(kafka);
  const names = kafkaNames(connection.prefix);
  const at = { topicName: names.topic('events'), groupId: names.group('events', 'only') };
  // A cluster that makes its first group meanwhile would cost us a member that is to idle.
  await readPositions(admin, at);
  const seen = aCollector();
  const [stuck, said, observed]: [string[], string[], GroupEvent[]] = [[], [], []];
  const say = (_fields: object, message: string) => void said.push(message);
  const subscription = new MemberSubscription({
    kafka: idling(kafka, idleMembers),
    admin,
    topic: 'events',
    group: 'only',
    ...at,
    batchMax: 10,
    handle: seen.handle as unknown as Handle<Topic>,
    deadLetters: { put: async () => {} },
    clock: realClock,
    log: { warn: say, error: say },
    attempts: 3,
    tuning: IMPATIENT,
    observe: (event) => observed.push(event),
    onStuck: (reason) => stuck.push(reason),
  });
  onTestFinished(async () => {
    await subscription.close();
    await closeAdmin();
  });
  await subscription.joined;
  const { bus } = aKafkaBus(connection);
  const events = someEvents(12);
  await bus.publish('events', events);
  return { seen, events, stuck, said, observed, subscription };
}

describe.skipIf(!hasKafka())('a consumer that is watched (needs Kafka)', () => {
  it('is replaced, and what it left undone is handled', async () => {
    const { seen, events, stuck, said, observed } = await watched({ idleMembers: 1 });
    await until(() => hasAll(seen.handled, idsOf(events)));
    expect(said).toContainEqual(expect.stringMatching(/stuck and is replaced: partition \d has records/));
    expect(observed).toContainEqual({ topic: 'events', group: 'only', kind: 'restarted', why: 'stuck' });
    expect(observed).toContainEqual(expect.objectContaining({ kind: 'lag' }));
    expect(stuck).toEqual([]);
  });

  it('shows no lag of its own any more once it has left', async () => {
    const { subscription, observed } = await watched({ idleMembers: 0 });
    const lags = () => observed.flatMap((event) => (event.kind === 'lag' ? [event.partitions.length] : []));
    await until(() => lags().includes(3));
    await subscription.close();
    expect(lags().at(-1)).toBe(0);
  });

  it('ends the process when replacing it does not help', async () => {
    const { stuck } = await watched({ idleMembers: 2 });
    await until(() => stuck.length === 1);
    expect(stuck).toEqual([expect.stringContaining('the consumer of events in only')]);
  });
});
