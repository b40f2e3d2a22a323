/** How members of groups fetch and are watched. */
export interface ConsumerTuning {
  /** How long a broker holds a fetch for which there is nothing yet; leaving and rebalancing wait for that. */
  maxWaitMs: number;
  heartbeatMs: number;
  /** A member that was not heard of for so long is dead, and its partitions are another's. */
  sessionTimeoutMs: number;
  /** How long a rebalance waits for members to finish their batch. */
  rebalanceTimeoutMs: number;
  /** New partitions are found within this time. */
  metadataMaxAgeMs: number;
  partitionBytesMax: number;
  /** Partitions whose batches one member handles side by side; each keeps its order. */
  partitionsAtOnce: number;
  /** From the wish to stop until handlers are told to. */
  graceMs: number;
  /** A member that should work and does not for so long is replaced. */
  stuckAfterMs: number;
  /** How often positions are compared with the ends of the topic. */
  watchMs: number;
  /** Members replaced in a row without any progress until the process should end. */
  replacementsMax: number;
}

export const DEFAULT_TUNING: ConsumerTuning = {
  maxWaitMs: 250,
  heartbeatMs: 1000,
  sessionTimeoutMs: 10_000,
  rebalanceTimeoutMs: 60_000,
  metadataMaxAgeMs: 60_000,
  partitionBytesMax: 1_048_576,
  partitionsAtOnce: 4,
  graceMs: 5000,
  stuckAfterMs: 60_000,
  watchMs: 15_000,
  replacementsMax: 3,
};
