/**
 * From messages a second and an availability target to replicas and resources. This is the only place with such numbers;
 * docs/telegramgroup.md shows the table. Measured by `make load-pipeline`: one detector process judged 1,000 messages a
 * second for five minutes at 0.33 cores, with PostgreSQL and Kafka on the same machine.
 */
import type { TelegramGroupSpec } from '@chatwarden/contracts';

export const CAPACITY = {
  /** Of one pod. */
  messagesPerSecond: 1000,
  /** Planned for in busy hours: the rest is for a pod that is missing and for rebalances, which stop all of them. */
  utilisationPercent: 65,
  cpuRequest: '500m',
  /** A pod that catches up may take a whole core; Node uses little more. */
  cpuLimit: '1500m',
  memoryRequest: '256Mi',
  memoryLimit: '512Mi',
} as const;

/** Pods that are kept for the target: with two, one may go at any time. */
export const PODS_FOR_TARGET = { '99': 2, '99.9': 2, '99.95': 3 } as const;

const LAG_SECONDS = 5;

export interface Sizing {
  minReplicas: number;
  maxReplicas: number;
  /** Messages of lag per pod from which another one is wanted. */
  lagThreshold: number;
  /** Partitions that a burst would need; more than there are means that a burst has to wait. */
  partitionsForBurst: number;
}

/** Replicas are divisors of the partitions where that is possible, so that each has as many as the others. */
export function sizingOf(spec: TelegramGroupSpec, partitions: number): Sizing {
  const { throughput, availability, autoscaling } = spec;
  const planned = (CAPACITY.messagesPerSecond * CAPACITY.utilisationPercent) / 100;
  const busy = Math.ceil(throughput.messagesPerSecond / planned);
  const burst = Math.ceil((throughput.messagesPerSecond * throughput.burstFactor) / CAPACITY.messagesPerSecond);
  const wanted = Math.max(PODS_FOR_TARGET[availability.target], busy, autoscaling.minReplicas);
  const ceiling = Math.min(autoscaling.maxReplicas ?? partitions, partitions);
  const minReplicas = evenly(wanted, partitions, ceiling);
  const maxReplicas =
    autoscaling.maxReplicas === undefined ? evenly(Math.max(minReplicas, burst), partitions, ceiling) : ceiling;
  const lagThreshold = CAPACITY.messagesPerSecond * (autoscaling.lagSeconds ?? LAG_SECONDS);
  return { minReplicas, maxReplicas, lagThreshold, partitionsForBurst: Math.max(burst, busy) };
}

/** The next divisor of the partitions from `replicas` on, but not above the ceiling. */
function evenly(replicas: number, partitions: number, ceiling: number): number {
  let even = replicas;
  while (even < partitions && partitions % even !== 0) even += 1;
  return Math.min(even, ceiling);
}
