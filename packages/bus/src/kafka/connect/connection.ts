/** How to reach a Kafka cluster, and its translation into kafkajs. */
import type { ConnectionOptions } from 'node:tls';
import kafkajs, { type Kafka, type KafkaConfig, type SASLOptions } from 'kafkajs';
import type { BusLog } from '../../deliver.ts';
import { cureRequestQueue } from './cure-request-queue.ts';
import { quietLog } from './quiet-log.ts';

/** A function is asked at every connection, so that what was renewed is used without a restart. */
export type Renewable = string | (() => string);

export interface KafkaTls {
  /** PEM. Without it the certificates that Node trusts. */
  ca?: Renewable;
  /** PEM of a client certificate and its key, for mutual TLS. */
  cert?: Renewable;
  key?: Renewable;
  /** The name that the broker's certificate must bear, where it is not the one that is dialled. */
  serverName?: string;
}

export interface KafkaSasl {
  mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  username: string;
  password: Renewable;
}

export interface KafkaConnection {
  /** `host:port` of some brokers; the rest is learnt from them. */
  brokers: readonly string[];
  /** What brokers call this process in their logs, metrics and quotas. */
  clientId: string;
  /** `true`: TLS with the certificates that Node trusts. A broker is never trusted without its certificate. */
  tls?: true | KafkaTls | undefined;
  sasl?: KafkaSasl | undefined;
  log?: BusLog | undefined;
  /** Until a request without answer counts as failed. */
  requestTimeoutMs?: number | undefined;
}

const CONNECTION_TIMEOUT_MS = 3000;
const REQUEST_TIMEOUT_MS = 10_000;
/** About three seconds in all: whoever calls has waits of its own, which know what is being waited for. */
const RETRY = { initialRetryTime: 100, maxRetryTime: 1000, retries: 5 };

/** Nothing is opened yet: producers, consumers and admins of this client connect. */
export function createClient(connection: KafkaConnection): Kafka {
  cureRequestQueue();
  return new kafkajs.Kafka(toClientConfig(connection));
}

export function toClientConfig(connection: KafkaConnection): KafkaConfig {
  const { brokers, clientId, tls, sasl, log, requestTimeoutMs = REQUEST_TIMEOUT_MS } = connection;
  return {
    brokers: [...brokers],
    clientId,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: requestTimeoutMs,
    retry: RETRY,
    logLevel: kafkajs.logLevel.WARN,
    logCreator: () => quietLog(log),
    ...(tls ? { ssl: tls === true ? true : toTlsOptions(tls) } : {}),
    ...(sasl ? { sasl: renewing({ ...sasl }) as SASLOptions } : {}),
  };
}

function toTlsOptions({ serverName, ...tls }: KafkaTls): ConnectionOptions {
  return renewing({ ...tls, ...(serverName === undefined ? {} : { servername: serverName }) });
}

/** kafkajs keeps this object and reads it at every connection. */
function renewing(values: Readonly<Record<string, Renewable>>): object {
  const options = {};
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(options, name, { enumerable: true, get: typeof value === 'function' ? value : () => value });
  }
  return options;
}
