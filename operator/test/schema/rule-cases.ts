import type { RuleCase } from './cases.ts';

export const RULES: readonly RuleCase[] = [
  {
    rule: 'chatId must be that of a supergroup, such as -1001234567890: -100 and then the number of the chat',
    accepted: { chatId: -1_000_000_000_001 },
    refused: { chatId: 1_234_567_890 },
    says: 'spec.chatId: Forbidden: chatId must be that of a supergroup, such as -1001234567890: -100 and then the number of the chat',
  },
  {
    rule: 'chatId cannot be changed: delete this TelegramGroup and make another for the other chat',
    before: {},
    accepted: { chatId: -1_001_234_567_890 },
    refused: { chatId: -1_001_234_567_891 },
    says: 'spec.chatId: Forbidden: chatId cannot be changed: delete this TelegramGroup and make another for the other chat',
  },
  {
    rule: 'partitions can only grow: Kafka takes no partitions away',
    before: { partitions: 12 },
    accepted: { partitions: 24 },
    refused: { partitions: 6 },
    says: 'spec.partitions: Forbidden: partitions can only grow: Kafka takes no partitions away',
  },
  {
    rule: 'minReplicas must be at least 2, so that the group is judged when a node fails; to leave a group alone, set spec.suspend',
    accepted: { autoscaling: { minReplicas: 2 } },
    refused: { autoscaling: { minReplicas: 1 } },
    says: 'spec.autoscaling.minReplicas: Forbidden: minReplicas must be at least 2, so that the group is judged when a node fails; to leave a group alone, set spec.suspend',
  },
  {
    rule: 'minReplicas must not be above maxReplicas',
    accepted: { autoscaling: { minReplicas: 4, maxReplicas: 4 } },
    refused: { autoscaling: { minReplicas: 4, maxReplicas: 3 } },
    says: 'spec.autoscaling.minReplicas: Forbidden: minReplicas must not be above maxReplicas',
  },
  {
    rule: 'lagSeconds is what KEDA scales by; the engine HPA scales by CPU: leave one of them out',
    accepted: { autoscaling: { engine: 'KEDA', lagSeconds: 10 } },
    refused: { autoscaling: { engine: 'HPA', lagSeconds: 10 } },
    says: 'spec.autoscaling.lagSeconds: Forbidden: lagSeconds is what KEDA scales by; the engine HPA scales by CPU: leave one of them out',
  },
  {
    rule: 'maxReplicas must not be above partitions: a replica without a partition has no work; raise partitions first',
    accepted: { partitions: 12, autoscaling: { maxReplicas: 12 } },
    refused: { partitions: 12, autoscaling: { maxReplicas: 13 } },
    says: 'spec.autoscaling.maxReplicas: Forbidden: maxReplicas must not be above partitions: a replica without a partition has no work; raise partitions first',
  },
  {
    rule: 'minReplicas must not be above partitions: a replica without a partition has no work; raise partitions first',
    accepted: { partitions: 4, autoscaling: { minReplicas: 4 } },
    refused: { partitions: 4, autoscaling: { minReplicas: 5 } },
    says: 'spec.autoscaling.minReplicas: Forbidden: minReplicas must not be above partitions: a replica without a partition has no work; raise partitions first',
  },
  {
    rule: 'the target 99.95 keeps three replicas, and each needs a partition: partitions must be at least 3',
    accepted: { availability: { target: '99.95' }, partitions: 3 },
    refused: { availability: { target: '99.95' }, partitions: 2 },
    says: 'spec.partitions: Forbidden: the target 99.95 keeps three replicas, and each needs a partition: partitions must be at least 3',
  },
  {
    rule: 'the target 99.95 keeps three replicas: maxReplicas must be at least 3',
    accepted: { availability: { target: '99.95' }, autoscaling: { maxReplicas: 3 } },
    refused: { availability: { target: '99.95' }, autoscaling: { maxReplicas: 2 } },
    says: 'spec.autoscaling.maxReplicas: Forbidden: the target 99.95 keeps three replicas: maxReplicas must be at least 3',
  },
  {
    rule: 'soakSeconds is for the strategy BlueGreen; with Rolling there is nothing that could stand by',
    accepted: { rollout: { strategy: 'BlueGreen', soakSeconds: 60 } },
    refused: { rollout: { strategy: 'Rolling', soakSeconds: 60 } },
    says: 'spec.rollout.soakSeconds: Forbidden: soakSeconds is for the strategy BlueGreen; with Rolling there is nothing that could stand by',
  },
  {
    rule: 'set a preset or bands, not both: a preset brings bands of its own',
    accepted: { policy: { preset: 'strict' } },
    refused: { policy: { preset: 'strict', bands: { actPercent: 90, askPercent: 60 } } },
    says: 'spec.policy.bands: Forbidden: set a preset or bands, not both: a preset brings bands of its own',
  },
  {
    rule: 'askPercent must not be above actPercent: what is acted on would never be asked about',
    accepted: { policy: { bands: { actPercent: 90, askPercent: 90 } } },
    refused: { policy: { bands: { actPercent: 60, askPercent: 90 } } },
    says: 'spec.policy.bands.askPercent: Forbidden: askPercent must not be above actPercent: what is acted on would never be asked about',
  },
];
