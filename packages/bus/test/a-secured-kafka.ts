/** The ways into a broker with TLS, logins and ACLs. */
import { mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SecuredKafka } from '@chatwarden/testkit/backends';
import { onTestFinished } from 'vitest';
import type { KafkaTls } from '../src/kafka/connect/connection.ts';
import type { KafkaConfig } from '../src/kafka-config.ts';

/** Logged in as the super user. */
export function byLogin({ brokers, security }: SecuredKafka, mechanism: 'plain' | 'scram-sha-512' = 'scram-sha-512') {
  const { username, password, caFile } = security;
  const tls: KafkaTls = { ca: readFileSync(caFile, 'utf8') };
  return { brokers: [brokers], tls, sasl: { mechanism, username, password } };
}

/** By a certificate of the super user. */
export function byCertificate({ security }: SecuredKafka) {
  const { certificate: cert, key } = security.issue({ name: security.username });
  const tls: KafkaTls = { ca: readFileSync(security.caFile, 'utf8'), cert, key };
  return { brokers: [security.tlsBrokers], tls };
}

/** The settings of a service that logs in. */
export function settingsOf({ brokers, security }: SecuredKafka, user: { name: string; password: string }): KafkaConfig {
  return {
    KAFKA_BROKERS: brokers,
    KAFKA_PREFIX: '',
    KAFKA_REPLICATION: 1,
    KAFKA_TLS: true,
    KAFKA_CA: readFileSync(security.caFile, 'utf8'),
    KAFKA_SASL_MECHANISM: 'scram-sha-512',
    KAFKA_SASL_USERNAME: user.name,
    KAFKA_SASL_PASSWORD: user.password,
  };
}

/** A file of the test, to be written again. */
export function aFile(content: string): { path: string; write(content: string): void } {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'chatwarden-secret-'));
  onTestFinished(() => folder.remove());
  const path = join(folder.path, 'file');
  const write = (now: string) => writeFileSync(path, now);
  write(content);
  return { path, write };
}
