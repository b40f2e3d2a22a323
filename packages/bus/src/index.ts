export * from './bus.ts';
export { createInProcessBus, type InProcessBusOptions } from './in-process/in-process-bus.ts';
export * from './kafka-config.ts';
export type { KafkaConnection, KafkaSasl, KafkaTls, Renewable } from './kafka/connect/connection.ts';
export {
  createKafkaAdmin,
  type KafkaAdmin,
  type KafkaAdminOptions,
  type TopicDescription,
} from './kafka/kafka-admin.ts';
export { createKafkaBus, type KafkaBus, type KafkaBusOptions } from './kafka/kafka-bus.ts';
export type { TopicLag } from './kafka/consume/group-lag.ts';
export type { GroupMember } from './kafka/consume/members.ts';
export type { PartitionPosition } from './kafka/consume/positions.ts';
export type { KafkaSubscription } from './kafka/consume/subscription.ts';
export type { ConsumerTuning } from './kafka/consume/tuning.ts';
export type { PublishTuning } from './kafka/produce/publisher.ts';
export type { TopicReport } from './kafka/topics/ensure-topics.ts';
