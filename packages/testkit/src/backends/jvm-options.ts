/**
 * For servers that live for one run of tests, on two cores: the second compiler and the parallel collector cost a start
 * more than they bring. Measured until ready: Kafka 4.2 s of CPU instead of 6.8, OpenSearch 14.9 instead of 28.4.
 * Not for measurements of what a server can bear: those ask for `forLoad`.
 */
const QUICK = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
const FOR_LOAD = ['-XX:+UseG1GC'];

export function jvmOptions(heap: string, forLoad = false): string[] {
  return [`-Xms${heap}`, `-Xmx${heap}`, ...(forLoad ? FOR_LOAD : QUICK)];
}

export const KAFKA_HEAP = '384m';
export const OPENSEARCH_HEAP = '512m';
