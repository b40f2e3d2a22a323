/** What every provider of servers promises. Registers the tests; each starts a server of its own. */
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { createDatabase } from '@chatwarden/store';
import kafkajs from 'kafkajs';
import { expect, it, onTestFinished } from 'vitest';
import type { Backends, OpenSearchServer, Server } from './server.ts';

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
    await expect(withClient(unreachable(server.brokers).admin(), (admin) => admin.listTopics())).rejects.toThrow(
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

function unreachable(brokers: string) {
  return new kafkajs.Kafka({ brokers: [brokers], logLevel: kafkajs.logLevel.NOTHING, retry: { retries: 0 } });
}
