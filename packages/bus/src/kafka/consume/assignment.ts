/**
 * The partitions that a member got in one rebalance, and where each of them stands. What was read back from the group is
 * kept here with every commit, until the next rebalance ends this assignment: from then on nothing of it is committed.
 */
import { messageOf, type Clock, type Millis } from '@chatwarden/contracts';
import type { BusLog } from '../../deliver.ts';
import type { Counts } from './counts.ts';
import type { Ends, Position } from './positions.ts';

export interface PartitionState {
  readonly partition: number;
  next: bigint | undefined;
  counts: Counts;
  /** When the position last moved, or the partition was assigned. */
  movedAt: Millis;
  inHand: boolean;
  /** When the first record in hand was published. */
  oldestAt: Millis | undefined;
  /** A newer version wrote what is next. */
  tooNew: boolean;
}

export interface Assignment {
  /** Aborts when the partitions may be another member's. */
  readonly over: AbortSignal;
  end(): void;
  /** Undefined for what is not assigned, and when the assignment ended before its positions were known. */
  stateOf(partition: number): Promise<PartitionState | undefined>;
  /** Empty until positions are known. */
  states(): readonly PartitionState[];
}

export interface AssignmentOptions {
  partitions: readonly number[];
  read(): Promise<[ReadonlyMap<number, Position>, ReadonlyMap<number, Ends>]>;
  /** Where each partition stands is known, and what the topic has of it. */
  onKnown(states: readonly PartitionState[], ends: ReadonlyMap<number, Ends>): void;
  clock: Clock;
  log: BusLog | undefined;
}

const READ_AGAIN_MS = 500;

export function createAssignment({ partitions, read, onKnown, clock, log }: AssignmentOptions): Assignment {
  const ending = new AbortController();
  const over = ending.signal;
  let known: ReadonlyMap<number, PartitionState> = new Map();

  async function load(): Promise<void> {
    while (!over.aborted) {
      try {
        const [positions, ends] = await read();
        if (over.aborted) return;
        known = new Map(partitions.map((partition) => [partition, stateFrom(partition, positions.get(partition))]));
        onKnown([...known.values()], ends);
        return;
      } catch (error) {
        log?.warn({ err: error }, `positions of a group cannot be read: ${messageOf(error)}`);
        await clock.sleep(READ_AGAIN_MS, over);
      }
    }
  }

  const stateFrom = (partition: number, position: Position | undefined): PartitionState => ({
    partition,
    next: position?.next,
    counts: position?.counts ?? {},
    movedAt: clock.now(),
    inHand: false,
    oldestAt: undefined,
    tooNew: false,
  });

  const ended = new Promise<void>((resolve) => over.addEventListener('abort', () => resolve()));
  const loaded = partitions.length === 0 ? Promise.resolve() : load();
  return {
    over,
    end: () => ending.abort(),
    stateOf: async (partition) => {
      await Promise.race([loaded, ended]);
      return over.aborted ? undefined : known.get(partition);
    },
    states: () => [...known.values()],
  };
}
