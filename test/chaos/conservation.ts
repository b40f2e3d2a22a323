/** Whether the counters that ingestd keeps with its positions add up: accepted = indexed + duplicate + dead + pending. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createKafkaBus, type KafkaBus } from '@chatwarden/bus';
import type { RecordOf } from '@chatwarden/contracts';
import { systemClock } from '@chatwarden/daemon';

export interface Conservation {
  /** Chunks that are not indexed yet. */
  pending: number;
  /** Documents. */
  accepted: number;
  indexed: number;
  duplicate: number;
  dead: number;
  adds: boolean;
}

export interface Where {
  brokers: string;
  prefix: string;
}

const GROUP = 'ingestd-index';
const LOOK_EVERY_MS = 200;

export async function readPending(where: Where): Promise<number> {
  return withBus(where, async (bus) => sum(await bus.positionsOf('logs', GROUP), ({ lag }) => lag));
}

/** Reads the whole topic once. */
export async function readConservation(where: Where): Promise<Conservation> {
  return withBus(where, async (bus) => {
    const positions = await bus.positionsOf('logs', GROUP);
    const count = (name: string) => sum(positions, ({ counts }) => counts[name] ?? 0);
    const [indexed, duplicate, dead] = [count('indexed'), count('duplicate'), count('dead')];
    const accepted = await countAccepted(bus);
    const pending = sum(positions, ({ lag }) => lag);
    return { pending, accepted, indexed, duplicate, dead, adds: accepted === indexed + duplicate + dead };
  });
}

/** Ids of all verdicts that were published. */
export async function readVerdictIds(where: Where): Promise<Set<string>> {
  const ids = new Set<string>();
  await withBus(where, (bus) =>
    readAll(bus, 'verdicts', (verdicts) => {
      for (const { id } of verdicts) ids.add(id);
    }),
  );
  return ids;
}

async function countAccepted(bus: KafkaBus): Promise<number> {
  let accepted = 0;
  await readAll(bus, 'logs', (chunks) => {
    accepted += sum(chunks, ({ ids }) => ids.length);
  });
  return accepted;
}

/** From the first record that is kept to the last. */
async function readAll<T extends 'logs' | 'verdicts'>(
  bus: KafkaBus,
  topic: T,
  take: (records: readonly RecordOf<T>[]) => void,
): Promise<void> {
  const group = `chaos-${randomBytes(4).toString('hex')}`;
  const handle = (records: readonly RecordOf<T>[]) => {
    take(records);
    return Promise.resolve([]);
  };
  await bus.subscribe({ topic, group, batchMax: 1000, handle });
  while (sum(await bus.positionsOf(topic, group), ({ lag }) => lag) > 0) await sleep(LOOK_EVERY_MS);
}

async function withBus<T>({ brokers, prefix }: Where, use: (bus: KafkaBus) => Promise<T>): Promise<T> {
  const bus = createKafkaBus({ brokers: brokers.split(','), clientId: 'chaos', prefix, clock: systemClock() });
  try {
    return await use(bus);
  } finally {
    await bus.close();
  }
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
