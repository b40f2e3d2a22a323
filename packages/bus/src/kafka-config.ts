import { readFileSync } from 'node:fs';
import { Failure, messageOf, type Topic } from '@chatwarden/contracts';
import { Type, type Static } from 'typebox';
import type { KafkaTls, Renewable } from './kafka/connect/connection.ts';
import { createKafkaAdmin, type KafkaAdmin, type KafkaAdminOptions } from './kafka/kafka-admin.ts';
import { createKafkaBus, type KafkaBus, type KafkaBusOptions } from './kafka/kafka-bus.ts';

const CERTIFICATE = '-----BEGIN (TRUSTED )?CERTIFICATE-----';
const PRIVATE_KEY = '-----BEGIN ([A-Z]+ )?PRIVATE KEY-----';
const RENEWED = 'file with the same; it is read again for every connection, and so may be renewed without a restart';

/** Settings of every service that uses Kafka. What is secret is best given as files, which may be renewed. */
export const KafkaConfig = Type.Object({
  KAFKA_BROKERS: Type.String({
    pattern: '^[^\\s,:]+:\\d+(\\s*,\\s*[^\\s,:]+:\\d+)*$',
    description: 'some brokers of the cluster, such as kafka-0:9092,kafka-1:9092',
  }),
  KAFKA_PREFIX: Type.String({
    default: '',
    pattern: '^[A-Za-z0-9._-]*$',
    description: 'comes before the name of every topic and group, where others use the cluster too',
  }),
  KAFKA_REPLICATION: Type.Integer({
    default: 3,
    minimum: 1,
    maximum: 7,
    description: 'copies of a topic that is made; 1 and 2 are for trials',
  }),
  KAFKA_TLS: Type.Boolean({ default: false, description: 'speak TLS to the brokers' }),
  KAFKA_CA: Type.Optional(
    Type.String({ description: 'PEM of what signed their certificates', pattern: CERTIFICATE, secret: true }),
  ),
  KAFKA_CERT: Type.Optional(
    Type.String({ description: 'PEM of the certificate of this client', pattern: CERTIFICATE, secret: true }),
  ),
  KAFKA_KEY: Type.Optional(Type.String({ description: 'PEM of its key', pattern: PRIVATE_KEY, secret: true })),
  KAFKA_SASL_MECHANISM: Type.Optional(
    Type.Enum(['plain', 'scram-sha-256', 'scram-sha-512'], { description: 'how to log in' }),
  ),
  KAFKA_SASL_USERNAME: Type.Optional(Type.String({ description: 'name to log in with' })),
  KAFKA_SASL_PASSWORD: Type.Optional(Type.String({ description: 'password to log in with', secret: true })),
  KAFKA_CA_FILE: Type.Optional(Type.String({ description: RENEWED })),
  KAFKA_CERT_FILE: Type.Optional(Type.String({ description: RENEWED })),
  KAFKA_KEY_FILE: Type.Optional(Type.String({ description: RENEWED })),
  KAFKA_SASL_PASSWORD_FILE: Type.Optional(Type.String({ description: RENEWED })),
});
export type KafkaConfig = Static<typeof KafkaConfig>;

export interface ConfiguredBusOptions extends Pick<
  KafkaBusOptions,
  'clientId' | 'clock' | 'log' | 'registry' | 'onStuck'
> {
  /** Those that this process publishes and consumes. */
  topics: readonly Topic[];
}

/**
 * Makes the topics that are missing, and opens. Rejects with Failure `kafkaAway` (later) when the cluster is away,
 * `kafkaRefuses` (later) when it does not take this client, `kafkaSettings` (never) when settings contradict each other.
 */
export async function openConfiguredBus(config: KafkaConfig, options: ConfiguredBusOptions): Promise<KafkaBus> {
  const { topics, ...bus } = options;
  const connection = { ...kafkaConnection(config), ...bus };
  const admin = createKafkaAdmin(connection);
  try {
    await admin.ensureTopics({ topics, replication: config.KAFKA_REPLICATION });
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('kafkaAway', 'later', { message: `Kafka is away: ${messageOf(error)}`, cause: error });
  } finally {
    await admin.close();
  }
  return createKafkaBus(connection);
}

/** Opens nothing: the first question connects. */
export function createConfiguredAdmin(
  config: KafkaConfig,
  options: Pick<KafkaAdminOptions, 'clientId' | 'clock' | 'log'>,
): KafkaAdmin {
  return createKafkaAdmin({ ...kafkaConnection(config), ...options });
}

/** Throws Failure `kafkaSettings` (never) where settings contradict each other. */
function kafkaConnection(config: KafkaConfig): Pick<KafkaBusOptions, 'brokers' | 'prefix' | 'tls' | 'sasl'> {
  refuseHalves(config);
  const { KAFKA_BROKERS, KAFKA_PREFIX: prefix, KAFKA_TLS, KAFKA_SASL_MECHANISM: mechanism } = config;
  const { KAFKA_SASL_USERNAME: username = '' } = config;
  const password = renewable('KAFKA_SASL_PASSWORD', config) ?? '';
  return {
    brokers: KAFKA_BROKERS.split(',').map((broker) => broker.trim()),
    prefix,
    tls: KAFKA_TLS ? tlsOf(config) : undefined,
    sasl: mechanism === undefined ? undefined : { mechanism, username, password },
  };
}

function tlsOf(config: KafkaConfig): KafkaTls {
  const ca = renewable('KAFKA_CA', config);
  const cert = renewable('KAFKA_CERT', config);
  const key = renewable('KAFKA_KEY', config);
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

type Secret = 'KAFKA_CA' | 'KAFKA_CERT' | 'KAFKA_KEY' | 'KAFKA_SASL_PASSWORD';

function renewable(name: Secret, config: KafkaConfig): Renewable | undefined {
  const file = config[`${name}_FILE`];
  if (file === undefined) return config[name];
  return () => {
    try {
      return readFileSync(file, 'utf8').trim();
    } catch (error) {
      throw new Failure('kafkaSettings', 'later', { message: `cannot read ${name}_FILE: ${messageOf(error)}` });
    }
  };
}

/** What would be left out in silence: a login that is not sent, or one that is sent in the clear. */
function refuseHalves(config: KafkaConfig): void {
  const needs: readonly [keyof KafkaConfig, keyof KafkaConfig][] = [
    ['KAFKA_CA', 'KAFKA_TLS'],
    ['KAFKA_CERT', 'KAFKA_TLS'],
    ['KAFKA_CERT', 'KAFKA_KEY'],
    ['KAFKA_KEY', 'KAFKA_CERT'],
    ['KAFKA_SASL_MECHANISM', 'KAFKA_SASL_USERNAME'],
    ['KAFKA_SASL_MECHANISM', 'KAFKA_SASL_PASSWORD'],
    ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_MECHANISM'],
    ['KAFKA_SASL_PASSWORD', 'KAFKA_SASL_MECHANISM'],
  ];
  const half = needs.find(([one, other]) => config[one] !== undefined && !config[other]);
  if (half === undefined) return;
  throw new Failure('kafkaSettings', 'never', { message: `${half[0]} is set, but ${half[1]} is not` });
}
