/** ingestd's settings: the only place in this service that reads the environment. */
import { KafkaConfig } from '@chatwarden/bus';
import { ConfigError, readConfig, ServiceConfig, type Environment } from '@chatwarden/daemon';
import { OpenSearchConfig } from '@chatwarden/logstore';
import { Type, type Static } from 'typebox';

const MIB = 1024 * 1024;

export const IngestdConfig = Type.Object({
  INGEST_HOST: Type.String({ default: '127.0.0.1', description: 'address to take logs and traces on' }),
  INGEST_PORT: Type.Integer({ default: 8080, minimum: 0, maximum: 65_535, description: 'port for logs and traces' }),
  INGEST_KEYS_FILE: Type.Optional(
    Type.String({
      description: 'file of API keys, read again when it changes; without it only programs on this machine may send',
    }),
  ),
  INGEST_TRUST_LOCAL: Type.Boolean({
    default: false,
    description: 'without a file of keys, programs on this machine may also write what is shown as decisions of ours',
  }),
  INGEST_REQUEST_BYTES_MAX: Type.Integer({
    default: 16 * MIB,
    minimum: 1024,
    maximum: 256 * MIB,
    description: 'largest request, unpacked',
  }),
  INGEST_EVENTS_MAX: Type.Integer({ default: 10_000, minimum: 1, description: 'most events of a request' }),
  INGEST_EVENT_BYTES_MAX: Type.Integer({
    default: 256 * 1024,
    minimum: 1024,
    // A chunk must fit into a Kafka record of 1 MiB with what comes beside it.
    maximum: 512 * 1024,
    description: 'largest event',
  }),
  INGEST_EVENTS_PER_SECOND: Type.Integer({
    default: 0,
    minimum: 0,
    description: 'events a second of one API key, unless its entry says otherwise; 0 is without limit',
  }),
  INGEST_HELD_BYTES_MAX: Type.Integer({
    default: 256 * MIB,
    minimum: MIB,
    description: 'bytes of requests that may be worked on at once; above, the answer is 503',
  }),
  INGEST_LOOP_DELAY_MAX_MS: Type.Integer({
    default: 500,
    minimum: 50,
    description: 'how late the event loop may run on average until the answer is 503',
  }),
});
export type IngestdConfig = Static<typeof IngestdConfig>;

export function readIngestdConfig(env: Environment = process.env): IngestdConfig {
  return readConfig(IngestdConfig, env);
}

export const ROLES = ['accept', 'index'] as const;
export type Role = (typeof ROLES)[number];

/** What ingestd needs besides when it is a process of its own. */
export const IngestdProcessConfig = Type.Object({
  ROLES: Type.String({
    default: ROLES.join(','),
    pattern: `^(${ROLES.join('|')})(,(${ROLES.join('|')}))*$`,
    description: `what this process does: ${ROLES.join(', ')}`,
  }),
  ...IngestdConfig.properties,
  ...KafkaConfig.properties,
  ...OpenSearchConfig.properties,
  ...ServiceConfig.properties,
});
export type IngestdProcessConfig = Static<typeof IngestdProcessConfig>;

export function readProcessConfig(): IngestdProcessConfig {
  return readConfig(IngestdProcessConfig, process.env);
}

export function hasRole({ ROLES: roles }: Pick<IngestdProcessConfig, 'ROLES'>, role: Role): boolean {
  return roles.split(',').includes(role);
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/** Throws ConfigError for a door that is open to the network without a key. */
export function refuseOpenDoor({ INGEST_HOST, INGEST_KEYS_FILE }: IngestdConfig): void {
  if (INGEST_KEYS_FILE !== undefined || LOOPBACK.test(INGEST_HOST)) return;
  const problem = `is not set, but INGEST_HOST is ${INGEST_HOST}, which others can reach`;
  throw new ConfigError([{ name: 'INGEST_KEYS_FILE', problem }]);
}
