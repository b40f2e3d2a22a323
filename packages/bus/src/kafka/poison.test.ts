import { Failure, type DeadLetter } from '@chatwarden/contracts';
import { hasKafka } from '@chatwarden/testkit/kafka';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  aCluster,
  aCollector,
  aKafkaBus,
  bareKafka,
  hasAll,
  idsOf,
  someEvents,
  subscribeTo,
  totalOf,
  until,
  type Connection,
} from '../../test/a-kafka-bus.ts';
import { readDeadLetter } from './topics/dead-letters.ts';

/** Writes to the topic `events` what no publisher of ours would. */
async function write(connection: Connection, values: readonly string[]) {
  const producer = bareKafka(connection).producer();
  await producer.connect();
  const topic = `${connection.prefix}events`;
  for (const value of values) await producer.send({ topic, messages: [{ key: 'k', value }] });
  await producer.disconnect();
}

/** All that stands in the topic of dead letters so far. */
async function deadLetters(connection: Connection): Promise<() => readonly DeadLetter[]> {
  const read: DeadLetter[] = [];
  const consumer = bareKafka(connection).consumer({ groupId: `${connection.prefix}reader`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  onTestFinished(() => consumer.disconnect());
  await consumer.subscribe({ topics: [`${connection.prefix}events.dead`], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message }) => {
      const letter = readDeadLetter(message.value);
      if (letter) read.push(letter);
    },
  });
  return () => read;
}

const unreadable = () => new Failure('broken', 'never', { message: 'has no sender' });

describe.skipIf(!hasKafka())('poison on Kafka (needs Kafka)', () => {
  it('goes to the topic of dead letters without its text, and is published again on replay', async () => {
    const { connection, admin } = await aCluster();
    const { bus } = aKafkaBus({ ...connection, deadLetters: undefined });
    const events = someEvents(12);
    const poison = events[5]?.id ?? '';
    let isRepaired = false;
    const seen = aCollector(async (batch) => {
      if (!isRepaired && batch.some(({ id }) => id === poison)) throw unreadable();
    });
    await subscribeTo(bus, seen.handle);
    await bus.publish('events', events);
    const letters = await deadLetters(connection);
    await until(() => letters().length === 1);
    const [letter] = letters();
    expect(letter).toMatchObject({ topic: 'events', group: 'only', recordId: poison, reason: 'broken: has no sender' });
    expect(JSON.stringify(letter)).not.toContain('tomatoes');
    isRepaired = true;
    expect(await admin.replayDead({ topic: 'events' })).toEqual({ replayed: 1, gone: [], skipped: 0 });
    await until(() => hasAll(seen.handled, idsOf(events)));
    expect((await totalOf(bus)).counts['bus.dead']).toBe(1);
    expect(await admin.replayDead({ topic: 'events' })).toEqual({ replayed: 0, gone: [], skipped: 0 });
    expect(await admin.replayDead({ topic: 'events', again: true })).toMatchObject({ replayed: 1 });
    const ofOthers = await admin.replayDead({ topic: 'events', again: true, group: 'other' });
    expect(ofOthers).toEqual({ replayed: 0, gone: [], skipped: 1 });
  });

  it('cannot be replayed when its topic does not keep it any more, and is named', async () => {
    const { connection, admin } = await aCluster({ partitions: 1 });
    const { bus } = aKafkaBus({ ...connection, deadLetters: undefined });
    await subscribeTo(bus, () => Promise.reject(unreadable()));
    const events = someEvents(3);
    await bus.publish('events', events);
    const letters = await deadLetters(connection);
    await until(() => letters().length === 3);
    const client = bareKafka(connection).admin();
    await client.connect();
    const topic = `${connection.prefix}events`;
    await client.fetchTopicOffsets(topic);
    await client.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '2' }] });
    await client.disconnect();
    const { replayed, gone } = await admin.replayDead({ topic: 'events' });
    expect(replayed).toBe(1);
    expect(gone.map(({ recordId }) => recordId)).toEqual(idsOf(events.slice(0, 2)));
  });

  it('is what nobody can read; what is only unknown is passed over and counted', async () => {
    const { connection } = await aCluster();
    const { bus, letters } = aKafkaBus(connection);
    const seen = aCollector();
    await subscribeTo(bus, seen.handle);
    const [event] = someEvents(1);
    await write(connection, [
      'half a rec',
      JSON.stringify({ ...event, kind: 'PollVoted' }),
      JSON.stringify({ ...event, mood: 'cheerful' }),
    ]);
    await until(() => seen.handled.length === 1 && letters.length === 1);
    expect(letters).toMatchObject([
      { topic: 'events', group: 'only', reason: 'unreadable: is not JSON', source: { offset: '0' } },
    ]);
    expect(letters[0]?.recordId).toMatch(/^events\/\d\/0$/);
    await until(async () => (await totalOf(bus)).lag === 0);
    expect((await totalOf(bus)).counts).toEqual({ 'bus.dead': 1, 'bus.skipped': 1 });
  });

  it('is never what a newer version wrote: its partition waits, loudly, and the others go on', async () => {
    const { connection } = await aCluster();
    const { bus, letters, said } = aKafkaBus(connection);
    const seen = aCollector();
    const subscription = await subscribeTo(bus, seen.handle);
    const [event] = someEvents(1);
    await write(connection, [
      JSON.stringify(event),
      JSON.stringify({ ...event, schema: 'chat-event/2' }),
      'not reached',
    ]);
    const tellsOf = () => said.filter(({ message }) => message.includes('chat-event/2')).length;
    await until(() => tellsOf() === 1);
    const others = someEvents(24, 100);
    await bus.publish('events', others);
    const behind = async () => (await bus.positionsOf('events', 'only')).filter(({ lag }) => lag > 0);
    await until(async () => (await behind()).length === 1);
    expect(seen.handled.length).toBeGreaterThan(1);
    expect(await behind()).toMatchObject([{ offset: 1n }]);
    expect(letters).toEqual([]);
    subscription.resume();
    await until(() => tellsOf() === 2);
    expect(letters).toEqual([]);
  });
});
