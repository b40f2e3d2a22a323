/** What every provider of servers promises. Registers the tests; each starts a server of its own. */
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { createDatabase } from '@chatwarden/store';
import kafkajs, { type KafkaConfig, type SASLOptions } from 'kafkajs';
import { expect, it, onTestFinished } from 'vitest';
import type { Backends, KafkaSecurity, OpenSearchServer, Server } from './server.ts';

/** A cold start of OpenSearch twice, on a machine that is busy with something else. */
const TIMEOUT_MS = 300_000;

export function testBackends(backends: () => Promise<Backends>): void {
  const removedAtEnd = <T extends Server>(server: T): T => {
    onTestFinished(() => server.remove());
    return server;
  };

  it('keeps the records of Kafka through kill -9, on the same port', { timeout: TIMEOUT_MS }, async () => {
    const server = removedAtEnd(await (await backends()).kafka());
    const { Kafka, logLevel } = kafkajs;
    const kafka = new Kafka({ brokers: [server.brokers], logLevel: logLevel.NOTHING, retry: { retries: 20 } });
    await withClient(kafka.admin(), (admin) =>
      admin.createTopics({ topics: [{ topic: 'kept', numPartitions: 2 }], waitForLeaders: true }),
    );
    await withClient(kafka.producer(), (producer) =>
      producer.send({ topic: 'kept', messages: [{ value: 'a', partition: 0 }], acks: -1 }),
    );
    await server.kill();
    await server.start();
    const offsets = await withClient(kafka.admin(), (admin) => admin.fetchTopicOffsets('kept'));
    expect(offsets.find(({ partition }) => partition === 0)).toMatchObject({ low: '0', high: '1' });
    expect(offsets.find(({ partition }) => partition === 1)).toMatchObject({ low: '0', high: '0' });
    await server.stop();
    await expect(withClient(hasty(server.brokers).admin(), (admin) => admin.listTopics())).rejects.toThrow(
      'Connection error',
    );
    expect(await server.logTail()).toMatch(/shut ?down|stopped/i);
  });

  it('keeps the documents of OpenSearch through kill -9, on the same port', { timeout: TIMEOUT_MS }, async () => {
    const server = removedAtEnd(await (await backends()).openSearch());
    const document = `${server.url}/kept/_doc/1`;
    const put = await fetch(document, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"n":7}',
    });
    expect(put.status).toBe(201);
    await server.kill();
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
    await server.start();
    await fetch(`${server.url}/_cluster/health/kept?wait_for_status=yellow&timeout=60s`);
    expect(await (await fetch(document)).json()).toMatchObject({ found: true, _source: { n: 7 } });
  });

  it('keeps the databases of PostgreSQL through kill -9 and a stop', { timeout: TIMEOUT_MS }, async () => {
    const server = removedAtEnd(await (await backends()).postgres());
    await createDatabase(server.url, { name: 'kept' });
    await server.kill();
    await server.start();
    await expect(createDatabase(server.url, { name: 'kept' })).rejects.toThrow('already exists');
    await server.stop();
    await expect(createDatabase(server.url, { name: 'other' })).rejects.toThrow('ECONNREFUSED');
    await server.start();
    await expect(createDatabase(server.url, { name: 'kept' })).rejects.toThrow('already exists');
  });
}

/** For the broker with TLS, logins and ACLs, which not every provider has. */
export function testKafkaSecurity(backends: () => Promise<Backends>): void {
  it(
    'lets into Kafka with security only who can prove a name, and to do what an ACL says',
    { timeout: TIMEOUT_MS },
    async () => {
      const server = await (await backends()).kafka({ security: { users: { ann: 'first' } } });
      onTestFinished(() => server.remove());
      const security = server.security as KafkaSecurity;
      const ssl = { ca: readFileSync(security.caFile, 'utf8') };
      const topicsOf = (options: Partial<KafkaConfig>) =>
        withClient(hasty(server.brokers, options).admin(), (admin) => admin.listTopics());
      const login = (mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512', password: string, username = 'ann') =>
        topicsOf({ ssl, sasl: { mechanism, username, password } as SASLOptions });
      const root = { ssl, sasl: { mechanism: 'scram-sha-512' as const, ...security } };
      await withClient(hasty(server.brokers, root).admin(), (admin) =>
        admin.createTopics({ topics: [{ topic: 'secret' }], waitForLeaders: true }),
      );
      expect(await topicsOf(root)).toEqual(['secret']);
      for (const mechanism of ['plain', 'scram-sha-256', 'scram-sha-512'] as const) {
        expect(await login(mechanism, 'first')).toEqual([]);
        await expect(login(mechanism, 'a guess')).rejects.toThrow('failed');
        await expect(login(mechanism, 'first', 'bob')).rejects.toThrow('failed');
      }
      await expect(topicsOf({ sasl: root.sasl })).rejects.toThrow('Closed connection');
      await expect(topicsOf({ ...root, ssl: true })).rejects.toThrow('certificate');

      const { certificate: cert, key } = security.issue({ name: security.username });
      const brokers = [security.tlsBrokers];
      expect(await topicsOf({ brokers, ssl: { ...ssl, cert, key } })).toEqual(['secret']);
      await expect(topicsOf({ brokers, ssl })).rejects.toThrow('alert bad certificate');

      await security.setPassword('ann', 'second');
      expect(await login('plain', 'second')).toEqual([]);
      await expect(login('plain', 'first')).rejects.toThrow('failed');
    },
  );
}

/** The same for the server with TLS and users, which not every provider has everywhere. */
export function testSecurity(backends: () => Promise<Backends>): void {
  it('lets into OpenSearch with security only who has the password', { timeout: TIMEOUT_MS }, async () => {
    const server = await (await backends()).openSearch({ security: true });
    onTestFinished(() => server.remove());
    expect(await statusFor(server, undefined)).toBe(401);
    expect(await statusFor(server, 'a guess')).toBe(401);
    expect(await statusFor(server, server.security?.password)).toBe(200);
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
  });
}

function statusFor({ url, security }: OpenSearchServer, password: string | undefined): Promise<number | undefined> {
  const { username = '', caFile = '' } = security ?? {};
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const options = { ca: readFileSync(caFile), ...(password !== undefined && { auth: `${username}:${password}` }) };
  const asked = request(url, options, (response) => {
    response.resume();
    resolve(response.statusCode);
  });
  asked.once('error', reject);
  asked.end();
  return promise;
}

interface Client {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
}

async function withClient<C extends Client, T>(client: C, act: (client: C) => Promise<T>): Promise<T> {
  try {
    await client.connect();
    return await act(client);
  } finally {
    await client.disconnect();
  }
}

/** Tries once. */
function hasty(brokers: string, options: Partial<KafkaConfig> = {}) {
  const { NOTHING: logLevel } = kafkajs.logLevel;
  return new kafkajs.Kafka({ brokers: [brokers], logLevel, retry: { retries: 0 }, ...options });
}
