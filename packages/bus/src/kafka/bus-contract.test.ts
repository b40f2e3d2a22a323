import { setTimeout as delay } from 'node:timers/promises';
import { hasKafka } from '@chatwarden/testkit/kafka';
import { describe } from 'vitest';
import { aCluster, aKafkaBus } from '../../test/a-kafka-bus.ts';
import { describeBus } from '../contract/bus.suite.ts';

const PASS_MS = 100;

describe.skipIf(!hasKafka())('(needs Kafka)', () => {
  describeBus('Kafka bus', async () => {
    const { connection } = await aCluster();
    const { bus, letters } = aKafkaBus(connection);
    return { bus, deadLetters: () => letters, pass: () => delay(PASS_MS) };
  });
});
