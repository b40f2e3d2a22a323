import { ConfigError } from '@chatwarden/daemon';
import { describe, expect, it } from 'vitest';
import { installationOf, namespacesOf, readOperatorConfig } from './config.ts';

const NEEDED = {
  DATABASE_URL: 'postgres://chatwarden@localhost/chatwarden',
  KAFKA_BROKERS: 'kafka-0:9092',
  DETECTOR_IMAGE: 'chatwarden/detector',
  DETECTOR_VERSION: '1.0.0',
};
const read = (over: Record<string, string> = {}) => readOperatorConfig({ ...NEEDED, ...over });

describe("the operator's settings", () => {
  it('have defaults for all that can have one', () => {
    const config = read();
    expect([config.CLAIMS, config.DEDICATED_MAX, config.RETIRED_TOPIC_HOURS, namespacesOf(config)]).toEqual([
      'on',
      200,
      24,
      undefined,
    ]);
  });

  it('name what is missing', () => {
    expect(() => readOperatorConfig({})).toThrow(ConfigError);
    expect(() => readOperatorConfig({})).toThrow(/DETECTOR_IMAGE/);
  });

  it('narrow the operator to namespaces', () => {
    expect(namespacesOf(read({ WATCH_NAMESPACES: 'team-a, team-b' }))).toEqual(['team-a', 'team-b']);
  });

  it('make what is the same for all detectors', () => {
    const installation = installationOf(
      read({ DETECTOR_SETTINGS: 'LOG_LEVEL=warn,TRACE_URL=http://ingestd:8080/v1/traces?x=1', KAFKA_PREFIX: 'cw.' }),
    );
    expect(installation).toMatchObject({
      image: { repository: 'chatwarden/detector', version: '1.0.0', pullPolicy: 'IfNotPresent' },
      kafka: { brokers: 'kafka-0:9092', prefix: 'cw.', replication: 3, tls: false },
      egressPorts: [5432, 8080],
      settings: { LOG_LEVEL: 'warn', TRACE_URL: 'http://ingestd:8080/v1/traces?x=1' },
    });
  });

  it('want KEDA to log in where the operator must', () => {
    const login = { KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: 'a', KAFKA_SASL_PASSWORD: 'b' };
    expect(() => read(login)).toThrow(/KEDA_AUTHENTICATION/);
    expect(installationOf(read({ ...login, KEDA_AUTHENTICATION: 'kafka' })).kafka.authentication).toBe('kafka');
  });

  it.each([
    ['KAFKA_CERT', { KAFKA_CERT: '-----BEGIN CERTIFICATE-----', KAFKA_KEY: '-----BEGIN PRIVATE KEY-----' }],
    ['KAFKA_CA', { KAFKA_CA: '-----BEGIN CERTIFICATE-----' }],
  ])('want KEDA to know what the operator knows by %s', (name, env) => {
    expect(() => read({ KAFKA_TLS: 'yes', ...env })).toThrow(`KEDA_AUTHENTICATION: is not set, but ${name} is`);
  });

  it('tell detectors how to log in, and which files they get from which Secrets', () => {
    const { kafka } = installationOf(
      read({
        KAFKA_SASL_MECHANISM: 'scram-sha-512',
        KEDA_AUTHENTICATION: 'kafka',
        DETECTOR_KAFKA_FILES: 'KAFKA_CA=my-cluster-cluster-ca-cert/ca.crt,KAFKA_SASL_PASSWORD=detector/password',
      }),
    );
    expect(kafka).toMatchObject({
      mechanism: 'scram-sha-512',
      files: [
        { setting: 'KAFKA_CA', secret: 'my-cluster-cluster-ca-cert', key: 'ca.crt' },
        { setting: 'KAFKA_SASL_PASSWORD', secret: 'detector', key: 'password' },
      ],
    });
    expect(() => read({ DETECTOR_KAFKA_FILES: 'DATABASE_URL=detector/url' })).toThrow(/DETECTOR_KAFKA_FILES/);
    expect(installationOf(read()).kafka).toMatchObject({ mechanism: undefined, files: undefined });
  });
});
