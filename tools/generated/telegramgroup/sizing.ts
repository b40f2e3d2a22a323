// What the operator makes of messages a second: the numbers of operator/src/desired/sizing.ts, and examples by its function.
import type { TelegramGroupSpec } from '../../../packages/contracts/src/telegram-group/index.ts';
import { CAPACITY, PODS_FOR_TARGET, sizingOf } from '../../../operator/src/desired/sizing.ts';
import { table } from './table.ts';

const DEFAULTS: TelegramGroupSpec = {
  chatId: -1_001_234_567_890,
  isolation: 'Dedicated',
  throughput: { messagesPerSecond: 100, burstFactor: 3 },
  availability: { target: '99.9' },
  autoscaling: { minReplicas: 2 },
  partitions: 6,
  rollout: { strategy: 'Rolling' },
  suspend: false,
};

type Target = TelegramGroupSpec['availability']['target'];

/** Messages a second, burst factor, target, partitions. */
const EXAMPLES: readonly (readonly [number, number, Target, number])[] = [
  [100, 3, '99.9', 6],
  [500, 3, '99.9', 6],
  [1000, 3, '99.9', 6],
  [1000, 3, '99.95', 12],
  [1000, 10, '99.95', 6],
  [3000, 3, '99.95', 12],
  [10_000, 3, '99.95', 48],
];

export function sizingTable(): string {
  const head = ['messages/s', 'burst factor', 'target', 'partitions', 'replicas', 'up to', 'partitions for a burst'];
  const rows = EXAMPLES.map(([messagesPerSecond, burstFactor, target, partitions]) => {
    const throughput = { messagesPerSecond, burstFactor };
    const spec: TelegramGroupSpec = { ...DEFAULTS, throughput, availability: { target }, partitions };
    const { minReplicas, maxReplicas, partitionsForBurst } = sizingOf(spec, partitions);
    return [messagesPerSecond, burstFactor, target, partitions, minReplicas, maxReplicas, partitionsForBurst].map(
      String,
    );
  });
  return table(head, rows);
}

export function capacityTable(): string {
  const { messagesPerSecond, utilisationPercent, cpuRequest, cpuLimit, memoryRequest, memoryLimit } = CAPACITY;
  const targets = Object.entries(PODS_FOR_TARGET).map(([target, pods]) => `${pods} for ${target}`);
  return table(
    ['of a detector pod', ''],
    [
      ['messages a second that it judges', String(messagesPerSecond)],
      ['share of that which is planned for in busy hours', `${utilisationPercent} %`],
      ['CPU: request, limit', `${cpuRequest}, ${cpuLimit}`],
      ['memory: request, limit', `${memoryRequest}, ${memoryLimit}`],
      ['pods that are kept, for the availability target', targets.join(', ')],
    ],
  );
}
