/**
 * Rules over several fields of a TelegramGroup, or over its former self, in CEL as the API server evaluates it
 * (https://kubernetes.io/docs/reference/using-api/cel). Each names the field to look at and says what to do.
 */

export interface FieldRule {
  /** Where it is evaluated, and what `self` is: below spec, such as ['rollout']; empty is the spec itself. */
  at: readonly string[];
  rule: string;
  message: string;
  /** For the message that the API server prints, relative to `at`. */
  fieldPath?: string;
}

export const SPEC_RULES: readonly FieldRule[] = [
  {
    at: ['chatId'],
    rule: 'self <= -1000000000001',
    message: 'chatId must be that of a supergroup, such as -1001234567890: -100 and then the number of the chat',
  },
  {
    at: ['chatId'],
    rule: 'self == oldSelf',
    message: 'chatId cannot be changed: delete this TelegramGroup and make another for the other chat',
  },
  {
    at: ['partitions'],
    rule: 'self >= oldSelf',
    message: 'partitions can only grow: Kafka takes no partitions away',
  },
  {
    at: ['autoscaling'],
    rule: 'self.minReplicas >= 2',
    message:
      'minReplicas must be at least 2, so that the group is judged when a node fails; to leave a group alone, set spec.suspend',
    fieldPath: '.minReplicas',
  },
  {
    at: ['autoscaling'],
    rule: '!has(self.maxReplicas) || self.minReplicas <= self.maxReplicas',
    message: 'minReplicas must not be above maxReplicas',
    fieldPath: '.minReplicas',
  },
  {
    at: ['autoscaling'],
    rule: "!has(self.lagSeconds) || !has(self.engine) || self.engine != 'HPA'",
    message: 'lagSeconds is what KEDA scales by; the engine HPA scales by CPU: leave one of them out',
    fieldPath: '.lagSeconds',
  },
  {
    at: [],
    rule: '!has(self.autoscaling.maxReplicas) || self.autoscaling.maxReplicas <= self.partitions',
    message:
      'maxReplicas must not be above partitions: a replica without a partition has no work; raise partitions first',
    fieldPath: '.autoscaling.maxReplicas',
  },
  {
    at: [],
    rule: 'self.autoscaling.minReplicas <= self.partitions',
    message:
      'minReplicas must not be above partitions: a replica without a partition has no work; raise partitions first',
    fieldPath: '.autoscaling.minReplicas',
  },
  {
    at: [],
    rule: "self.availability.target != '99.95' || self.partitions >= 3",
    message: 'the target 99.95 keeps three replicas, and each needs a partition: partitions must be at least 3',
    fieldPath: '.partitions',
  },
  {
    at: [],
    rule: "self.availability.target != '99.95' || !has(self.autoscaling.maxReplicas) || self.autoscaling.maxReplicas >= 3",
    message: 'the target 99.95 keeps three replicas: maxReplicas must be at least 3',
    fieldPath: '.autoscaling.maxReplicas',
  },
  {
    at: ['rollout'],
    rule: "!has(self.soakSeconds) || self.strategy == 'BlueGreen'",
    message: 'soakSeconds is for the strategy BlueGreen; with Rolling there is nothing that could stand by',
    fieldPath: '.soakSeconds',
  },
  {
    at: ['policy'],
    rule: '!(has(self.preset) && has(self.bands))',
    message: 'set a preset or bands, not both: a preset brings bands of its own',
    fieldPath: '.bands',
  },
  {
    at: ['policy', 'bands'],
    rule: 'self.askPercent <= self.actPercent',
    message: 'askPercent must not be above actPercent: what is acted on would never be asked about',
    fieldPath: '.askPercent',
  },
];

/** Over the whole object. */
export const NAME_RULE = {
  rule: 'size(self.metadata.name) <= 40',
  message: 'metadata.name must have at most 40 characters: names of what is made for the group begin with it',
};
