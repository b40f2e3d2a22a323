/**
 * Publishes again what went to dead letters, from where it stands, for as long as its topic keeps it. It comes to every
 * group of the topic, which is harmless: who had handled it ignores it by its id. Which letters were replayed is kept as
 * the position of a group of its own, so that a second run begins after them.
 */
import { randomBytes } from 'node:crypto';
import type { DeadLetter } from '@chatwarden/contracts';
import type { Kafka, KafkaMessage, Message } from 'kafkajs';
import type { AdminDoor } from '../connect/admin-door.ts';
import type { KafkaNames } from '../connect/names.ts';
import type { Ends } from '../consume/positions.ts';
import { readEnds, readPositions } from '../consume/positions.ts';
import type { OutgoingMessage } from '../produce/publisher.ts';
import { readDeadLetter } from './dead-letters.ts';
import { readRange, type ReadRange } from './read-range.ts';

export interface ReplayOptions {
  /** The source topic, without prefix. */
  topic: string;
  /** Only what this group could not handle. */
  group?: string | undefined;
  /** From the beginning, also what was replayed before. */
  again?: boolean | undefined;
}

export interface Replayed {
  /** Records that were published again. */
  replayed: number;
  /** Letters whose record the topic does not keep any more. */
  gone: readonly DeadLetter[];
  /** Letters that were passed over: of another group, or of a bus that keeps no records. */
  skipped: number;
}

export interface ReplayDeps {
  kafka: Kafka;
  admin: AdminDoor;
  names: KafkaNames;
  publishMessages(topic: string, messages: readonly OutgoingMessage[]): Promise<void>;
}

const REPLAY = 'replay';

export async function replayDead(deps: ReplayDeps, options: ReplayOptions): Promise<Replayed> {
  const { admin, names } = deps;
  const dead = { topicName: names.dead(options.topic), groupId: names.group(`${options.topic}.dead`, REPLAY) };
  const ends = await readEnds(admin, dead.topicName);
  const positions = options.again ? new Map() : await readPositions(admin, dead);
  const ranges = [...ends].map(([partition, { low, high }]): ReadRange => {
    const from: bigint | undefined = positions.get(partition)?.next;
    return { partition, from: from !== undefined && from > low ? from : low, to: high };
  });
  return readRange({ ...deps, ...dead, ranges, remembers: true }, async (messages) => {
    const letters = messages.map(({ message }) => readDeadLetter(message.value));
    const wanted = letters.filter((letter) => isWanted(letter, options));
    return { ...(await republish(deps, options.topic, wanted)), skipped: letters.length - wanted.length };
  });
}

type Placed = DeadLetter & { source: { partition: number; offset: string } };

function isWanted(letter: DeadLetter | undefined, { topic, group }: ReplayOptions): letter is Placed {
  return letter?.source !== undefined && letter.topic === topic && (group === undefined || letter.group === group);
}

async function republish(deps: ReplayDeps, topic: string, letters: readonly Placed[]) {
  const topicName = deps.names.topic(topic);
  const ends = letters.length > 0 ? await readEnds(deps.admin, topicName) : new Map<number, Ends>();
  const gone = letters.filter(({ source }) => BigInt(source.offset) < (ends.get(source.partition)?.low ?? 0n));
  const kept = letters.filter((letter) => !gone.includes(letter));
  // Several groups may have failed at one record: it is published once.
  const sources = new Map(kept.map((letter) => [`${letter.source.partition} ${letter.source.offset}`, letter]));
  const ranges = [...sources.values()].map(({ source: { partition, offset } }): ReadRange => {
    return { partition, from: BigInt(offset), to: BigInt(offset) + 1n };
  });
  const groupId = deps.names.group(randomBytes(6).toString('hex'), REPLAY);
  return readRange({ ...deps, topicName, groupId, ranges, remembers: false }, async (found) => {
    await deps.publishMessages(topic, found.map(toOutgoing));
    return { replayed: found.length, gone };
  });
}

function toOutgoing({ partition, message }: { partition: number; message: KafkaMessage }): OutgoingMessage {
  const { key, value, headers } = message;
  const again: Message = { key, value, ...(headers ? { headers } : {}) };
  return { recordId: `${partition}/${message.offset}`, message: again };
}
