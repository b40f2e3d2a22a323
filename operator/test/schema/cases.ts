/**
 * Every bound of a TelegramGroup's spec and every rule over it: what is just taken, what is just refused, and all that a
 * person reads then.
 */
export type Spec = Readonly<Record<string, unknown>>;

export interface BoundCase {
  /** Path below spec and keyword of the schema. */
  bound: string;
  /** Over a spec that has but a chat. */
  accepted: Spec;
  refused: Spec;
  /** The whole complaint, or all of them. */
  says: string | readonly string[];
}

export interface RuleCase extends Omit<BoundCase, 'bound'> {
  /** The rule's message. */
  rule: string;
  /** What it is changed from; a rule over one state alone has none. */
  before?: Spec;
}

export const BOUNDS: readonly BoundCase[] = [
  { bound: 'spec required', accepted: {}, refused: { chatId: undefined }, says: 'spec.chatId: Required value' },
  {
    bound: 'chatId minimum',
    accepted: { chatId: Number.MIN_SAFE_INTEGER },
    refused: { chatId: -9_007_199_254_740_992 },
    says: 'spec.chatId: Invalid value: -9007199254740992: spec.chatId in body should be greater than or equal to -9007199254740991',
  },
  {
    bound: 'botRef required',
    accepted: { botRef: { id: 7 } },
    refused: { botRef: {} },
    says: 'spec.botRef.id: Required value',
  },
  {
    bound: 'botRef.id minimum',
    accepted: { botRef: { id: 1 } },
    refused: { botRef: { id: 0 } },
    says: 'spec.botRef.id: Invalid value: 0: spec.botRef.id in body should be greater than or equal to 1',
  },
  {
    bound: 'botRef.id maximum',
    accepted: { botRef: { id: Number.MAX_SAFE_INTEGER } },
    refused: { botRef: { id: 9_007_199_254_740_992 } },
    says: 'spec.botRef.id: Invalid value: 9007199254740992: spec.botRef.id in body should be less than or equal to 9007199254740991',
  },
  {
    bound: 'isolation enum',
    accepted: { isolation: 'Dedicated' },
    refused: { isolation: 'Own' },
    says: 'spec.isolation: Unsupported value: "Own": supported values: "Shared", "Dedicated"',
  },
  {
    bound: 'throughput.messagesPerSecond minimum',
    accepted: { throughput: { messagesPerSecond: 1 } },
    refused: { throughput: { messagesPerSecond: 0 } },
    says: 'spec.throughput.messagesPerSecond: Invalid value: 0: spec.throughput.messagesPerSecond in body should be greater than or equal to 1',
  },
  {
    bound: 'throughput.messagesPerSecond maximum',
    accepted: { throughput: { messagesPerSecond: 20_000 } },
    refused: { throughput: { messagesPerSecond: 20_001 } },
    says: 'spec.throughput.messagesPerSecond: Invalid value: 20001: spec.throughput.messagesPerSecond in body should be less than or equal to 20000',
  },
  {
    bound: 'throughput.burstFactor minimum',
    accepted: { throughput: { burstFactor: 1 } },
    refused: { throughput: { burstFactor: 0 } },
    says: 'spec.throughput.burstFactor: Invalid value: 0: spec.throughput.burstFactor in body should be greater than or equal to 1',
  },
  {
    bound: 'throughput.burstFactor maximum',
    accepted: { throughput: { burstFactor: 20 } },
    refused: { throughput: { burstFactor: 21 } },
    says: 'spec.throughput.burstFactor: Invalid value: 21: spec.throughput.burstFactor in body should be less than or equal to 20',
  },
  {
    bound: 'availability.target enum',
    accepted: { availability: { target: '99.95' } },
    refused: { availability: { target: '100' } },
    says: 'spec.availability.target: Unsupported value: "100": supported values: "99", "99.9", "99.95"',
  },
  {
    bound: 'autoscaling.engine enum',
    accepted: { autoscaling: { engine: 'HPA' } },
    refused: { autoscaling: { engine: 'VPA' } },
    says: 'spec.autoscaling.engine: Unsupported value: "VPA": supported values: "KEDA", "HPA"',
  },
  {
    bound: 'autoscaling.minReplicas maximum',
    accepted: { partitions: 96, autoscaling: { minReplicas: 96 } },
    refused: { partitions: 96, autoscaling: { minReplicas: 97 } },
    says: [
      'spec.autoscaling.minReplicas: Invalid value: 97: spec.autoscaling.minReplicas in body should be less than or equal to 96',
      'spec.autoscaling.minReplicas: Forbidden: minReplicas must not be above partitions: a replica without a partition has no work; raise partitions first',
    ],
  },
  {
    bound: 'autoscaling.maxReplicas minimum',
    accepted: { autoscaling: { maxReplicas: 2 } },
    refused: { autoscaling: { maxReplicas: 1 } },
    says: [
      'spec.autoscaling.maxReplicas: Invalid value: 1: spec.autoscaling.maxReplicas in body should be greater than or equal to 2',
      'spec.autoscaling.minReplicas: Forbidden: minReplicas must not be above maxReplicas',
    ],
  },
  {
    bound: 'autoscaling.maxReplicas maximum',
    accepted: { partitions: 96, autoscaling: { maxReplicas: 96 } },
    refused: { partitions: 96, autoscaling: { maxReplicas: 97 } },
    says: [
      'spec.autoscaling.maxReplicas: Invalid value: 97: spec.autoscaling.maxReplicas in body should be less than or equal to 96',
      'spec.autoscaling.maxReplicas: Forbidden: maxReplicas must not be above partitions: a replica without a partition has no work; raise partitions first',
    ],
  },
  {
    bound: 'autoscaling.lagSeconds minimum',
    accepted: { autoscaling: { lagSeconds: 1 } },
    refused: { autoscaling: { lagSeconds: 0 } },
    says: 'spec.autoscaling.lagSeconds: Invalid value: 0: spec.autoscaling.lagSeconds in body should be greater than or equal to 1',
  },
  {
    bound: 'autoscaling.lagSeconds maximum',
    accepted: { autoscaling: { lagSeconds: 300 } },
    refused: { autoscaling: { lagSeconds: 301 } },
    says: 'spec.autoscaling.lagSeconds: Invalid value: 301: spec.autoscaling.lagSeconds in body should be less than or equal to 300',
  },
  {
    bound: 'partitions minimum',
    accepted: { partitions: 2 },
    refused: { partitions: 1 },
    says: [
      'spec.partitions: Invalid value: 1: spec.partitions in body should be greater than or equal to 2',
      'spec.autoscaling.minReplicas: Forbidden: minReplicas must not be above partitions: a replica without a partition has no work; raise partitions first',
    ],
  },
  {
    bound: 'partitions maximum',
    accepted: { partitions: 96 },
    refused: { partitions: 97 },
    says: 'spec.partitions: Invalid value: 97: spec.partitions in body should be less than or equal to 96',
  },
  {
    bound: 'detector required',
    accepted: { detector: { version: '1.4.0' } },
    refused: { detector: {} },
    says: 'spec.detector.version: Required value',
  },
  {
    bound: 'detector.version maxLength',
    accepted: { detector: { version: 'a'.repeat(128) } },
    refused: { detector: { version: 'a'.repeat(129) } },
    says: 'spec.detector.version: Too long: may not be more than 128 bytes',
  },
  {
    bound: 'detector.version pattern',
    accepted: { detector: { version: '1.4.0-rc.1_x' } },
    refused: { detector: { version: 'detector:1.4.0' } },
    says: 'spec.detector.version: Invalid value: "detector:1.4.0": spec.detector.version in body should match \'^[A-Za-z0-9_][A-Za-z0-9_.-]*$\'',
  },
  {
    bound: 'rollout.strategy enum',
    accepted: { rollout: { strategy: 'BlueGreen' } },
    refused: { rollout: { strategy: 'Canary' } },
    says: 'spec.rollout.strategy: Unsupported value: "Canary": supported values: "Rolling", "BlueGreen"',
  },
  {
    bound: 'rollout.soakSeconds minimum',
    accepted: { rollout: { strategy: 'BlueGreen', soakSeconds: 0 } },
    refused: { rollout: { strategy: 'BlueGreen', soakSeconds: -1 } },
    says: 'spec.rollout.soakSeconds: Invalid value: -1: spec.rollout.soakSeconds in body should be greater than or equal to 0',
  },
  {
    bound: 'rollout.soakSeconds maximum',
    accepted: { rollout: { strategy: 'BlueGreen', soakSeconds: 86_400 } },
    refused: { rollout: { strategy: 'BlueGreen', soakSeconds: 86_401 } },
    says: 'spec.rollout.soakSeconds: Invalid value: 86401: spec.rollout.soakSeconds in body should be less than or equal to 86400',
  },
];
