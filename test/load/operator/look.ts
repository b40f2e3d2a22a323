/** What the process of the operator tells of itself when it is asked. */

export interface Look {
  /** Its caches are filled and it leads. */
  works: boolean;
  /** No key waits and none is worked on. */
  isIdle: boolean;
  /** Since it began. */
  reconciles: number;
  /** By verb and resource, such as `apply deployments`, since it began. */
  requests: Readonly<Record<string, number>>;
  /** By HTTP method, as it went over the wire. */
  methods: Readonly<Record<string, number>>;
  /** Calls of the door to topics, by name. */
  topicCalls: Readonly<Record<string, number>>;
  /** By what became of them. */
  events: Readonly<Record<string, number>>;
  /** What all reconciles took together, s. */
  reconcileSeconds: number;
  /** What all requests waited for their turn by KUBE_QPS, s. */
  limiterSeconds: number;
  heapMb: number;
  /** The most that was seen, once a second. */
  heapPeakMb: number;
}

export type Counts = Readonly<Record<string, number>>;

/** What was counted after `before`. */
export function countsSince(before: Counts, after: Counts): Record<string, number> {
  const differences = Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)] as const);
  return Object.fromEntries(differences.filter(([, count]) => count !== 0));
}

export function sumOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

const READS = ['get', 'list', 'watch', 'getScale', 'serves'];

/** Of requests by verb and resource, those that change something. */
export function writesOf(requests: Counts): Record<string, number> {
  return Object.fromEntries(Object.entries(requests).filter(([name]) => !READS.includes(name.split(' ')[0] ?? '')));
}
