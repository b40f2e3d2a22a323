import { readConfig } from '@chatwarden/daemon';
import { describe, expect, it } from 'vitest';
import { realClock } from '../test/a-kafka-bus.ts';
import { createConfiguredAdmin, KafkaConfig } from './kafka-config.ts';

const NEEDED = { KAFKA_BROKERS: '127.0.0.1:1' };
const PEM = '-----BEGIN CERTIFICATE-----\n';
const KEY = '-----BEGIN PRIVATE KEY-----\n';

const read = (env: Record<string, string>) => readConfig(KafkaConfig, { ...NEEDED, ...env });
const open = (env: Record<string, string>) => createConfiguredAdmin(read(env), { clientId: 'test', clock: realClock });

describe("Kafka's settings", () => {
  it.each([
    [{ KAFKA_CA: PEM }, 'KAFKA_CA is set, but KAFKA_TLS is not'],
    [{ KAFKA_TLS: 'no', KAFKA_CERT: PEM, KAFKA_KEY: KEY }, 'KAFKA_CERT is set, but KAFKA_TLS is not'],
    [{ KAFKA_TLS: 'yes', KAFKA_CERT: PEM }, 'KAFKA_CERT is set, but KAFKA_KEY is not'],
    [{ KAFKA_TLS: 'yes', KAFKA_KEY: KEY }, 'KAFKA_KEY is set, but KAFKA_CERT is not'],
    [{ KAFKA_SASL_MECHANISM: 'plain' }, 'KAFKA_SASL_MECHANISM is set, but KAFKA_SASL_USERNAME is not'],
    [{ KAFKA_SASL_PASSWORD: 'p' }, 'KAFKA_SASL_PASSWORD is set, but KAFKA_SASL_MECHANISM is not'],
    [
      { KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: 'u' },
      'KAFKA_SASL_MECHANISM is set, but KAFKA_SASL_PASSWORD is not',
    ],
  ])('are refused by halves: %o', (env, message) => {
    expect(() => open(env)).toThrow(message);
  });

  it('are refused where a certificate is none, such as the path of one', () => {
    expect(() => read({ KAFKA_TLS: 'yes', KAFKA_CA: '/etc/ca.crt' })).toThrow(/KAFKA_CA: expected text matching/);
    expect(() => read({ KAFKA_TLS: 'yes', KAFKA_KEY: PEM })).toThrow(/KAFKA_KEY: expected text matching/);
    expect(read({ KAFKA_TLS: 'yes', KAFKA_KEY: '-----BEGIN RSA PRIVATE KEY-----' })).toMatchObject({ KAFKA_TLS: true });
  });

  it('say which file cannot be read any more', async () => {
    const config = { ...read({ KAFKA_TLS: 'yes' }), KAFKA_CA_FILE: '/no/such/ca.crt' };
    const admin = createConfiguredAdmin(config, { clientId: 'test', clock: realClock });
    await expect(admin.describe([])).rejects.toThrow('cannot read KAFKA_CA_FILE: ENOENT');
    await admin.close();
  });
});
