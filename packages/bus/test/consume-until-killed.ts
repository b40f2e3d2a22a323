/**
 * A process that handles events and is killed in the middle of one, by a test. It says on its standard output what it
 * was given, and never finishes a batch that has the event of its last argument.
 */
import { createKafkaBus } from '../src/kafka/kafka-bus.ts';

const [brokers = '', prefix = '', deadlyId = ''] = process.argv.slice(2);
const clock = { now: Date.now, sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };
const tuning = { sessionTimeoutMs: 6000, heartbeatMs: 300, maxWaitMs: 100 };
const bus = createKafkaBus({ brokers: [brokers], clientId: 'victim', prefix, clock, tuning });

await bus.subscribe({
  topic: 'events',
  group: 'only',
  batchMax: 5,
  handle: async (batch, { count }) => {
    count('handled', batch.length);
    for (const { id } of batch) console.log(id);
    if (batch.some(({ id }) => id === deadlyId)) await new Promise(() => {});
    return [];
  },
});
console.log('joined');
