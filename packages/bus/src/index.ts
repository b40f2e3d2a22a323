export * from './bus.ts';
export { createInProcessBus, type InProcessBusOptions } from './in-process/in-process-bus.ts';
export * from './kafka-config.ts';
export type { KafkaConnection, KafkaSasl, KafkaTls } from './kafka/connect/connection.ts';
export { createKafkaAdmin, type KafkaAdmin, type KafkaAdminOptions } from './kafka/kafka-admin.ts';
export { createKafkaBus, type KafkaBus, type KafkaBusOptions, type PartitionPosition } from './kafka/kafka-bus.ts';
