/**
 * The services on a Kafka as platform teams run it: TLS, a login for each, and for each the ACLs of docs/kafka.md and no
 * others. Then what a process is told that is refused.
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConfiguredAdmin, openConfiguredBus, type KafkaConfig } from '@chatwarden/bus';
import { dedicatedTopic, DETECT_GROUP } from '@chatwarden/contracts';
import { systemClock } from '@chatwarden/daemon';
import { makePrefix } from '@chatwarden/testkit/kafka';
import { startSecuredKafka } from '@chatwarden/testkit/backends';
import { createTestDatabase } from '@chatwarden/testkit/postgres';
import { hasOpenSearch } from '@chatwarden/testkit/opensearch';
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { ACCESS, aclsOf, type Process } from '../../tools/generated/kafka/access.ts';
import { createMember } from '../platform/member.ts';
import { aCluster } from './a-cluster.ts';
import { until } from './a-community.ts';

const USERS = Object.keys(ACCESS) as Process[];
const passwordOf = (user: string) => `password-of-${user}`;
const clock = systemClock();

const server = await startSecuredKafka(Object.fromEntries(USERS.map((user) => [user, passwordOf(user)])));
afterAll(() => server?.remove());

const { brokers = '', security } = server ?? {};

/** As its environment says it. */
function loginOf(user: Process) {
  return {
    KAFKA_TLS: 'yes',
    KAFKA_CA_FILE: security?.caFile ?? '',
    KAFKA_SASL_MECHANISM: 'scram-sha-512',
    KAFKA_SASL_USERNAME: user,
    KAFKA_SASL_PASSWORD: passwordOf(user),
  };
}

function configOf(user: Process, prefix: string): KafkaConfig {
  return {
    ...loginOf(user),
    KAFKA_BROKERS: brokers,
    KAFKA_PREFIX: prefix,
    KAFKA_REPLICATION: 1,
    KAFKA_TLS: true,
    KAFKA_SASL_MECHANISM: 'scram-sha-512',
    KAFKA_CA: readFileSync(security?.caFile ?? '', 'utf8'),
  };
}

async function allow(users: readonly Process[], prefix: string, options?: { create: boolean }): Promise<void> {
  for (const user of users) {
    const acls = aclsOf(user, options).map((acl) => ({ ...acl, name: `${prefix}${acl.name}` }));
    await security?.setAcls(user, acls);
  }
}

function adminOf(user: Process, prefix: string) {
  const admin = createConfiguredAdmin(configOf(user, prefix), { clientId: `test-${user}`, clock });
  onTestFinished(() => admin.close());
  return admin;
}

const TEN_MINUTES_MS = 600_000;

describe.skipIf(!server)('Kafka with TLS, logins and ACLs (needs Java and Maven)', () => {
  test.skipIf(!hasOpenSearch())(
    'carries a message through every service, each with its own ACLs',
    { timeout: TEN_MINUTES_MS },
    async () => {
      const prefix = makePrefix();
      await allow(USERS, prefix);
      const kinds = ['bot', 'detect', 'journal', 'ingestd'] as const;
      const envOf = Object.fromEntries(kinds.map((kind) => [kind, loginOf(kind)]));
      const cluster = await aCluster({ kafka: { brokers, prefix }, envOf });
      const { app, fake, chat, spammer, member } = cluster;
      const say = (from: number, text: string) => fake.human.talk({ chat, from, message: { text } }).message_id;
      const documentsOf = async (dataset: string, messageId: number) => {
        const { events } = await app.logStore.search({ dataset, limit: 200 });
        return events.filter(({ chatwarden }) => chatwarden?.messageId === messageId);
      };
      const spam = say(
        spammer,
        'FREE CASINO BONUS!!! Win 5000$ daily, no risk, write me now https://t.me/casino_win_bot',
      );
      await until(async () => (await documentsOf('chatwarden.verdict', spam)).length > 0);
      await until(async () => (await documentsOf('chatwarden.action', spam)).length > 0);

      const [group] = await app.store.groups.listGroups();
      const groupId = group?.groupId ?? '';
      const own = dedicatedTopic(groupId);
      const operator = adminOf('operator', prefix);
      await operator.ensureTopics({ topics: [own], replication: 1, perTopic: new Map([[own, 2]]) });
      const detector = await cluster.platform.addDetector(groupId, loginOf('detector'));
      detector.start();
      await detector.untilReady();
      await app.store.settings.changeRoute(groupId, { dedicated: true });
      // The bot follows routes within a second; what is said before goes the former way.
      await until(async () => {
        say(member, 'the tomatoes on my balcony are ripe at last');
        return /^chatwarden_alertd_verdicts_total(\{.*\})? [1-9]/m.test(await detector.metrics());
      });
      expect(await operator.membersOf(own, DETECT_GROUP)).toHaveLength(1);

      // What its own detectors leave, since they are gone, the shared ones judge.
      const left = async () => (await operator.lagOf([own], DETECT_GROUP))[0]?.records ?? 0;
      await detector.end('SIGTERM');
      say(member, 'and the beans are not far behind');
      await until(async () => (await left()) > 0);
      await app.store.settings.changeRoute(groupId, { dedicated: false });
      await app.store.retiredTopics.retireTopic(groupId, clock.now());
      await app.store.retiredTopics.markUnread(groupId, true);
      await until(async () => (await left()) === 0);
    },
  );

  test('lets the operator look after topics of groups, and of nobody else', async () => {
    const prefix = makePrefix();
    await allow(['operator', 'keda', 'bot'], prefix);
    const own = dedicatedTopic('g0000000000000001');
    const operator = adminOf('operator', prefix);
    await operator.ensureTopics({ topics: [own], replication: 1, perTopic: new Map([[own, 1]]) });
    await operator.ensureTopics({ topics: [own], replication: 1, perTopic: new Map([[own, 2]]) });
    expect(await operator.describe([own])).toEqual([{ topic: own, partitions: 2 }]);
    for (const who of [operator, adminOf('keda', prefix)]) {
      expect(await who.lagOf([own], DETECT_GROUP)).toMatchObject([{ records: 0 }]);
    }
    await operator.deleteGroup(own, DETECT_GROUP);
    const refused = { code: 'kafkaRefuses', message: expect.stringContaining('lacks an ACL') };
    await expect(operator.ensureTopics({ topics: ['events'], replication: 1 })).rejects.toMatchObject(refused);
    await expect(adminOf('bot', prefix).removeTopics([own])).rejects.toMatchObject(refused);
    await operator.removeTopics([own]);
    await vi.waitFor(async () => expect(await operator.describe([own])).toEqual([{ topic: own, partitions: 0 }]));
  });

  test('needs no right to make topics where they are there, and says which are missing where not', async () => {
    const prefix = makePrefix();
    const topics = ['events', 'verdicts', 'actions'] as const;
    const open = () => openConfiguredBus(configOf('detect', prefix), { clientId: 'test', topics, clock });
    await allow(['bot', 'detect'], prefix, { create: false });
    await expect(open()).rejects.toMatchObject({
      code: 'kafkaRefuses',
      retry: 'later',
      message: expect.stringContaining(`${prefix}events,`),
    });
    await allow(['bot'], prefix);
    const first = await openConfiguredBus(configOf('bot', prefix), { clientId: 'test', topics, clock });
    await first.close();
    const bus = await open();
    onTestFinished(() => bus.close());
    await expect(bus.publish('verdicts', [])).resolves.toBeUndefined();
  });

  test('lets in by the other rows of the table, too', async () => {
    const prefix = makePrefix();
    const rows = [
      ['llm', ['events', 'verdicts', 'actions'], 'verdicts', 'alertd-llm'],
      ['ingestd-replay', ['logs', 'logs.refused'], 'logs.refused', 'ingestd-replay'],
    ] as const;
    await allow(USERS, prefix);
    for (const [user, topics, topic, group] of rows) {
      const bus = await openConfiguredBus(configOf(user, prefix), { clientId: 'test', topics, clock });
      onTestFinished(() => bus.close());
      await expect(bus.subscribe({ topic, group, batchMax: 1, handle: async () => [] })).resolves.toBeDefined();
      expect(await bus.positionsOf(topic, group)).not.toHaveLength(0);
    }
  });

  /** Not started yet. */
  async function aDetector(login: Readonly<Record<string, string>>, dir: string) {
    const prefix = makePrefix();
    await allow(['detect'], prefix);
    const database = await createTestDatabase();
    onTestFinished(() => database.drop());
    const kafka = { KAFKA_BROKERS: brokers, KAFKA_PREFIX: prefix, KAFKA_REPLICATION: '1' };
    const own = { DATABASE_URL: database.url, KEYS_DIR: join(dir, 'keys'), ROLES: 'detect' };
    const env = { ...login, ...kafka, ...own };
    const detector = await createMember({ name: 'alertd', service: 'alertd', env, dir });
    onTestFinished(async () => void (await detector.end('SIGTERM')));
    return detector;
  }

  test('is waited for by a process with a wrong password, which says so and goes on once the file is right', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'chatwarden-kafka-access-'));
    const { KAFKA_SASL_PASSWORD: _, ...login } = loginOf('detect');
    const passwordFile = join(dir, 'password');
    writeFileSync(passwordFile, 'of former days');
    const alertd = await aDetector({ ...login, KAFKA_SASL_PASSWORD_FILE: passwordFile }, dir);
    alertd.start();
    const said =
      'waiting for Kafka: Kafka refuses: the login is refused; look at KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD';
    await vi.waitFor(() => expect(readFileSync(join(dir, 'alertd.log'), 'utf8')).toContain(said), { timeout: 60_000 });
    writeFileSync(passwordFile, passwordOf('detect'));
    await expect(alertd.untilReady()).resolves.toBeUndefined();
  });

  test('is not asked at all by a process whose settings are halves', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'chatwarden-kafka-access-'));
    const { KAFKA_SASL_MECHANISM: _, ...half } = loginOf('detect');
    const alertd = await aDetector(half, dir);
    alertd.start();
    await expect(alertd.untilReady()).rejects.toThrow('KAFKA_SASL_USERNAME is set, but KAFKA_SASL_MECHANISM is not');
  });
});
