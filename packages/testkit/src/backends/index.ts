export { chooseBackends } from './choose-backends.ts';
export {
  MissingTool,
  type Backends,
  type KafkaOptions,
  type KafkaSecurity,
  type KafkaServer,
  type KubernetesOptions,
  type KubernetesServer,
  type OpenSearchOptions,
  type OpenSearchServer,
  type PostgresServer,
  type Server,
} from './server.ts';
export { startSecuredKafka, type SecuredKafka } from './start-secured-kafka.ts';
