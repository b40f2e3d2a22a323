/** The operator's settings: the only place here that reads the environment. */
import { KafkaConfig } from '@chatwarden/bus';
import { ConfigError, readConfig, ServiceConfig, type Environment } from '@chatwarden/daemon';
import { StoreConfig } from '@chatwarden/store';
import { Type, type Static } from 'typebox';
import type { Installation, SettingFile } from './desired/installation.ts';

/** Setting, Secret and its key. */
const SETTING_FILE = 'KAFKA_(CA|CERT|KEY|SASL_PASSWORD)=[a-z0-9.-]+/[A-Za-z0-9._-]+';

export const OperatorConfig = Type.Object({
  WATCH_NAMESPACES: Type.String({
    default: '',
    description: 'comma-separated namespaces whose TelegramGroups are looked after; empty is the whole cluster',
  }),
  LEASE_NAMESPACE: Type.Optional(
    Type.String({ description: 'namespace of the lease of the leading operator; by default its own' }),
  ),
  CLUSTER: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'name of this cluster among those that share the database; by default the uid of its namespace kube-system, or where that may not be read of its own',
    }),
  ),
  CLAIMS: Type.Enum(['on', 'off'], {
    default: 'on',
    description: 'whether the owner of a chat must agree before a TelegramGroup steers it; off suits a single team',
  }),
  DEDICATED_MAX: Type.Integer({ default: 200, minimum: 0, description: 'dedicated groups of this cluster at most' }),
  MAX_CONCURRENT_GROUPS: Type.Integer({
    default: 1,
    minimum: 1,
    description: 'groups that are given new detectors at once',
  }),
  RECOMMEND_DEDICATED_AT: Type.Integer({
    default: 50,
    minimum: 1,
    description: 'messages a second of its busiest hour from which a shared group should be Dedicated',
  }),
  RETIRED_TOPIC_HOURS: Type.Number({
    default: 24,
    minimum: 0,
    description: "hours that a group's own topic stays after its last use",
  }),
  DELETE_TIMEOUT_SECONDS: Type.Integer({
    default: 600,
    minimum: 1,
    description: 'how long a TelegramGroup that is being deleted may wait for its messages to be judged',
  }),
  RECONCILERS: Type.Integer({ default: 8, minimum: 1, maximum: 64, description: 'groups that are looked at at once' }),
  // The API server shares itself out fairly and says when it is asked too much; this only keeps a mistake of ours small.
  KUBE_QPS: Type.Integer({ default: 200, minimum: 1, description: 'requests a second to the API server at most' }),
  KUBE_BURST: Type.Integer({ default: 400, minimum: 1, description: 'requests that may come at once' }),
  BOT_NAMESPACE: Type.Optional(
    Type.String({ description: 'namespace of the bot, whose pods publish events; by default its own' }),
  ),
  DETECTOR_IMAGE: Type.String({ description: 'repository of the detector image, without a tag' }),
  DETECTOR_VERSION: Type.String({ description: 'its tag, for groups that name none' }),
  DETECTOR_PULL_POLICY: Type.Enum(['Always', 'IfNotPresent', 'Never'], {
    default: 'IfNotPresent',
    description: 'when nodes pull it',
  }),
  DETECTOR_SECRET: Type.String({
    default: 'chatwarden-detector',
    description: 'Secret in the namespace of a dedicated group with DATABASE_URL and what else its detectors need',
  }),
  DETECTOR_KEYS_CLAIM: Type.String({
    default: 'chatwarden-keys',
    description: 'PersistentVolumeClaim there with the folder of the group keys',
  }),
  DETECTOR_SETTINGS: Type.String({
    default: '',
    pattern: '^([A-Z][A-Z0-9_]*=[^,]*(,[A-Z][A-Z0-9_]*=[^,]*)*)?$',
    description: 'further settings of detectors, such as LOG_LEVEL=warn,TRACE_RATIO=0.01',
  }),
  DETECTOR_KAFKA_BROKERS: Type.Optional(
    Type.String({ description: 'brokers as detectors reach them, where that is not KAFKA_BROKERS' }),
  ),
  DETECTOR_KAFKA_FILES: Type.String({
    default: '',
    pattern: `^(${SETTING_FILE}(,${SETTING_FILE})*)?$`,
    description:
      'what detectors get as files from Secrets in the namespace of their group, such as ' +
      'KAFKA_CA=kafka-ca/ca.crt,KAFKA_SASL_PASSWORD=detector/password',
  }),
  DETECTOR_EGRESS_PORTS: Type.String({
    default: '5432,8080',
    pattern: '^\\d+(,\\d+)*$',
    description: "ports that detectors may reach besides Kafka's: PostgreSQL, and ingestd for traces",
  }),
  KEDA_AUTHENTICATION: Type.Optional(
    Type.String({ description: 'TriggerAuthentication there, where the brokers want a login or a certificate' }),
  ),
  SCALE_UP_AFTER_SECONDS: Type.Integer({
    default: 120,
    minimum: 0,
    maximum: 3600,
    description: 'how long more load must last before replicas are added',
  }),
  SCALE_DOWN_AFTER_SECONDS: Type.Integer({
    default: 600,
    minimum: 0,
    maximum: 3600,
    description: 'how long less load must last before replicas are taken away',
  }),
  READY_WITHIN_SECONDS: Type.Integer({
    default: 600,
    minimum: 6,
    description: 'new detectors that take longer to get ready have failed, and the former ones go on',
  }),
  CONSUME_WITHIN_SECONDS: Type.Integer({
    default: 90,
    minimum: 1,
    description: 'new detectors that do not consume so soon after a switch have failed, and the former ones come back',
  }),
  ...StoreConfig.properties,
  ...KafkaConfig.properties,
  ...ServiceConfig.properties,
});
export type OperatorConfig = Static<typeof OperatorConfig>;

export function readOperatorConfig(env: Environment = process.env): OperatorConfig {
  const config = readConfig(OperatorConfig, env);
  const proof = (['KAFKA_SASL_MECHANISM', 'KAFKA_CERT', 'KAFKA_CA'] as const).find(
    (name) => config[name] !== undefined,
  );
  if (proof !== undefined && config.KEDA_AUTHENTICATION === undefined) {
    const problem = `is not set, but ${proof} is: KEDA needs the same to read the lag`;
    throw new ConfigError([{ name: 'KEDA_AUTHENTICATION', problem }]);
  }
  return config;
}

export function namespacesOf({ WATCH_NAMESPACES }: OperatorConfig): readonly string[] | undefined {
  const names = listOf(WATCH_NAMESPACES);
  return names.length === 0 ? undefined : names;
}

export function installationOf(config: OperatorConfig): Installation {
  return {
    image: {
      repository: config.DETECTOR_IMAGE,
      version: config.DETECTOR_VERSION,
      pullPolicy: config.DETECTOR_PULL_POLICY,
    },
    secret: config.DETECTOR_SECRET,
    keysClaim: config.DETECTOR_KEYS_CLAIM,
    kafka: {
      brokers: config.DETECTOR_KAFKA_BROKERS ?? config.KAFKA_BROKERS,
      prefix: config.KAFKA_PREFIX,
      replication: config.KAFKA_REPLICATION,
      tls: config.KAFKA_TLS,
      mechanism: config.KAFKA_SASL_MECHANISM,
      files: filesOf(config),
      authentication: config.KEDA_AUTHENTICATION,
    },
    egressPorts: listOf(config.DETECTOR_EGRESS_PORTS).map(Number),
    settings: Object.fromEntries(
      listOf(config.DETECTOR_SETTINGS).map((setting) => {
        const at = setting.indexOf('=');
        return [setting.slice(0, at), setting.slice(at + 1)];
      }),
    ),
    scaleUpAfterSeconds: config.SCALE_UP_AFTER_SECONDS,
    scaleDownAfterSeconds: config.SCALE_DOWN_AFTER_SECONDS,
    readyWithinSeconds: config.READY_WITHIN_SECONDS,
    consumeWithinSeconds: config.CONSUME_WITHIN_SECONDS,
  };
}

function filesOf({ DETECTOR_KAFKA_FILES }: OperatorConfig): SettingFile[] | undefined {
  const files = listOf(DETECTOR_KAFKA_FILES).map((file) => {
    const [setting = '', secret = '', key = ''] = file.split(/[=/]/);
    return { setting, secret, key };
  });
  return files.length === 0 ? undefined : files;
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
