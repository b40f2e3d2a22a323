import { describe, expect, it } from 'vitest';
import { toClientConfig } from './connection.ts';

const base = { brokers: ['kafka-1:9093', 'kafka-2:9093'], clientId: 'alertd' };

describe('a connection', () => {
  it('is plain when nothing is said', () => {
    const config = toClientConfig(base);
    expect(config).toMatchObject(base);
    expect(config).not.toHaveProperty('ssl');
    expect(config).not.toHaveProperty('sasl');
  });

  it('trusts what Node trusts, or what it is given', () => {
    expect(toClientConfig({ ...base, tls: true }).ssl).toBe(true);
    const tls = { ca: 'CA', cert: 'CERT', key: 'KEY', serverName: 'kafka.internal' };
    expect(toClientConfig({ ...base, tls }).ssl).toEqual({
      ca: 'CA',
      cert: 'CERT',
      key: 'KEY',
      servername: 'kafka.internal',
    });
    expect(toClientConfig({ ...base, tls: {} }).ssl).toEqual({});
  });

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)('authenticates by %s', (mechanism) => {
    const sasl = { mechanism, username: 'alertd', password: 'secret' };
    expect(toClientConfig({ ...base, sasl }).sasl).toEqual(sasl);
  });

  it('asks for what may be renewed whenever it is read', () => {
    let now = 'old';
    const { ssl, sasl } = toClientConfig({
      ...base,
      tls: { ca: () => now },
      sasl: { mechanism: 'plain', username: 'alertd', password: () => now },
    });
    now = 'new';
    // As kafkajs does for each connection.
    expect(Object.assign({}, ssl)).toEqual({ ca: 'new' });
    expect(sasl).toMatchObject({ username: 'alertd', password: 'new' });
  });
});
