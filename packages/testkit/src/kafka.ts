/** Kafka for tests. Needs the global setup of vitest-kafka.ts in the project's vitest configuration. */
import { inject } from 'vitest';
import { makePrefix } from './prefix.ts';

export { makePrefix };

export interface TestKafka {
  /** `host:port`, as clients take it. */
  brokers: string;
  /** Unlike any other: what the names of topics and consumer groups of one test begin with. */
  prefix: string;
}

/** For `describe.skipIf(!hasKafka())('... (needs Kafka)')`. */
export function hasKafka(): boolean {
  return 'brokers' in inject('kafka');
}

export function testKafka(): TestKafka {
  const kafka = inject('kafka');
  if ('missing' in kafka) throw new Error(kafka.missing);
  return { brokers: kafka.brokers, prefix: makePrefix() };
}
