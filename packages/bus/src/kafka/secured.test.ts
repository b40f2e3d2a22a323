/** Against a broker with TLS, logins and ACLs: the same promises, clear words when it refuses us, and renewed secrets. */
import { setTimeout as delay } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import type { Failure } from '@chatwarden/contracts';
import { readConfig } from '@chatwarden/daemon';
import { createAuthority } from '@chatwarden/testkit/backends/parts';
import { startSecuredKafka, type SecuredKafka } from '@chatwarden/testkit/backends';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  aCluster,
  aCollector,
  aKafkaBus,
  idsOf,
  hasAll,
  realClock,
  someEvents,
  subscribeTo,
  until,
} from '../../test/a-kafka-bus.ts';
import { aFile, byCertificate, byLogin, settingsOf } from '../../test/a-secured-kafka.ts';
import { describeBus } from '../contract/bus.suite.ts';
import { createConfiguredAdmin, KafkaConfig, openConfiguredBus } from '../kafka-config.ts';

const PASS_MS = 100;
const ANN = { name: 'ann', password: 'first' };
const TIMEOUT_MS = 60_000;

const started = await startSecuredKafka({ [ANN.name]: ANN.password });
afterAll(() => started?.remove());
const server = started as SecuredKafka;

const WAYS_IN = [
  ['SCRAM', () => byLogin(server, 'scram-sha-512')],
  ['PLAIN', () => byLogin(server, 'plain')],
  ['a client certificate', () => byCertificate(server)],
] as const;

describe.skipIf(!started).each(WAYS_IN)('by %s (needs Kafka with TLS, logins and ACLs)', (_, wayIn) => {
  describeBus('Kafka bus', async () => {
    const { connection } = await aCluster({ reach: wayIn() });
    const { bus, letters } = aKafkaBus(connection);
    return { bus, deadLetters: () => letters, pass: () => delay(PASS_MS) };
  });

  it('lets topics and groups be looked after', async () => {
    const { connection, admin } = await aCluster({ reach: wayIn() });
    const { bus } = aKafkaBus(connection);
    await bus.publish('events', someEvents(3));
    const seen = aCollector();
    const subscription = await subscribeTo(bus, seen.handle);
    await until(async () => (await admin.lagOf(['events'], 'only'))[0]?.records === 0);
    expect(await admin.membersOf('events', 'only')).toHaveLength(1);
    await subscription.close();
    await admin.deleteGroup('events', 'only');
    await admin.removeTopics(['events']);
    await until(async () => (await admin.describe(['events']))[0]?.partitions === 0);
  });
});

describe.skipIf(!started)('a broker that refuses us (needs Kafka with TLS, logins and ACLs)', () => {
  const right = (): KafkaConfig => settingsOf(server, ANN);
  const stranger = createAuthority('strangers').issue({ name: ANN.name });

  async function refusalOf(config: KafkaConfig): Promise<Failure> {
    const opening = openConfiguredBus(config, { clientId: 'test', topics: ['events'], clock: realClock });
    return opening.then(
      async (bus) => {
        await bus.close();
        throw new Error('it was not refused');
      },
      (error: Failure) => error,
    );
  }

  const without = (...names: (keyof KafkaConfig)[]) =>
    Object.fromEntries(Object.entries(right()).filter(([name]) => !names.includes(name as keyof KafkaConfig)));
  const SASL = ['KAFKA_SASL_MECHANISM', 'KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'] as const;
  const byTls = () => ({ ...without(...SASL), KAFKA_BROKERS: server.security.tlsBrokers });

  const refuses = (advice: RegExp) => ({ code: 'kafkaRefuses', message: expect.stringMatching(advice) });
  const away = (advice: RegExp) => ({ code: 'kafkaAway', message: expect.stringMatching(advice) });
  const cases: readonly [string, () => Partial<KafkaConfig>, object][] = [
    [
      'a wrong password',
      () => ({ ...right(), KAFKA_SASL_PASSWORD: 'wrong' }),
      refuses(/login is refused; look at KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD/),
    ],
    [
      'a wrong password by PLAIN',
      () => ({ ...right(), KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_PASSWORD: 'wrong' }),
      refuses(/login is refused/),
    ],
    ['an authority that is not trusted', () => without('KAFKA_CA'), refuses(/look at KAFKA_CA: /)],
    ['no login', () => without(...SASL), away(/KAFKA_SASL_MECHANISM/)],
    ['no TLS', () => ({ ...without('KAFKA_CA'), KAFKA_TLS: false }), away(/KAFKA_TLS/)],
    ['no client certificate', byTls, refuses(/look at KAFKA_CERT and KAFKA_KEY/)],
    [
      "a stranger's certificate",
      () => ({ ...byTls(), KAFKA_CERT: stranger.certificate, KAFKA_KEY: stranger.key }),
      refuses(/look at KAFKA_CERT and KAFKA_KEY/),
    ],
    ['a missing ACL', right, refuses(/lacks an ACL; docs\/kafka\.md.*\(topic events, events\.dead\)/)],
  ];

  it.each(cases)('says what to do about %s', async (_, config, told) => {
    const failure = await refusalOf(config() as KafkaConfig);
    expect(failure).toMatchObject({ ...told, retry: 'later' });
    expect(failure.message).not.toContain('wrong');
  });

  it('is told of by what publishes and what consumes, too', { timeout: TIMEOUT_MS }, async () => {
    const { connection } = await aCluster({ reach: byLogin(server) });
    const sasl = { mechanism: 'scram-sha-512', username: ANN.name, password: ANN.password } as const;
    const { bus, said } = aKafkaBus({ ...connection, sasl, publishing: { deadlineMs: 2000 } });
    await expect(bus.publish('events', someEvents(1))).rejects.toMatchObject({
      code: 'kafkaAway',
      message: expect.stringMatching(/lacks an ACL.*publishing to .*events/),
    });
    const seen = aCollector();
    const joining = subscribeTo(bus, seen.handle).catch(() => {});
    await until(() => said.some(({ message }) => message.includes('a consumer is started again')));
    expect(said.map(({ message }) => message).join('\n')).toMatch(/started again: .*lacks an ACL.*consuming events/);
    await bus.close();
    await joining;
  });
});

describe.skipIf(!started)('a secret that is renewed (needs Kafka with TLS, logins and ACLs)', () => {
  it('is taken by the next connection, without a restart', { timeout: TIMEOUT_MS }, async () => {
    const password = aFile(server.security.password);
    const ca = aFile(createAuthority('former').certificate);
    const config = readConfig(KafkaConfig, {
      KAFKA_BROKERS: server.brokers,
      KAFKA_REPLICATION: '1',
      KAFKA_TLS: 'yes',
      KAFKA_CA_FILE: ca.path,
      KAFKA_SASL_MECHANISM: 'plain',
      KAFKA_SASL_USERNAME: server.security.username,
      KAFKA_SASL_PASSWORD_FILE: password.path,
    });
    const admin = createConfiguredAdmin(config, { clientId: 'test', clock: realClock });
    onTestFinished(() => admin.close());
    await expect(admin.describe(['events'])).rejects.toThrow('look at KAFKA_CA');
    ca.write(readFileSync(server.security.caFile, 'utf8'));
    await expect(admin.describe(['events'])).resolves.toHaveLength(1);

    const bus = await openConfiguredBus(config, { clientId: 'test', topics: ['events'], clock: realClock });
    onTestFinished(() => bus.close());
    const seen = aCollector();
    await subscribeTo(bus, seen.handle);
    await server.security.setPassword(server.security.username, 'second');
    password.write('second\n');
    const events = someEvents(3);
    await bus.publish('events', events);
    await until(() => hasAll(seen.handled, idsOf(events)));
    await expect(admin.describe(['events'])).resolves.toMatchObject([{ partitions: 24 }]);
  });
});
