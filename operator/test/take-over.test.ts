// Two operators as processes: one leads, the other takes over, and what the first had begun is neither lost nor doubled.
import { dedicatedTopic } from '@chatwarden/contracts';
import { createKafkaAdmin } from '@chatwarden/bus';
import { systemClock } from '@chatwarden/daemon';
import { RESOURCES, type LeaseObject } from '@chatwarden/kube';
import { hasKafka, testKafka } from '@chatwarden/testkit/kafka';
import { hasKubernetes, testKubernetes } from '@chatwarden/testkit/kubernetes';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startOperatorProcess, type OperatorProcess } from './operator-process.ts';
import { createWorld, type World } from './world.ts';

vi.setConfig({ testTimeout: 180_000 });
const soon = { timeout: 60_000, interval: 200 };
/** A dead leader keeps its lease for 15 s, counted from when the other one saw it renewed: it looks every 2 s. */
const TAKE_OVER_MS = 20_000;
const LEASE = 'chatwarden-operator';

describe.skipIf(!hasKubernetes() || !hasKafka())('operators as processes (needs Kubernetes and Kafka)', () => {
  let world: World;
  let operators: OperatorProcess[];
  beforeEach(async () => {
    world = await createWorld();
    operators = [];
  });
  afterEach(async () => {
    await Promise.all(operators.map((operator) => operator.end('SIGTERM')));
    await world.close();
  });

  const { brokers, prefix } = hasKafka() ? testKafka() : { brokers: '', prefix: '' };
  async function start(name: string): Promise<OperatorProcess> {
    const operator = await startOperatorProcess(name, {
      KUBECONFIG: testKubernetes().kubeconfig,
      DATABASE_URL: world.databaseUrl,
      KAFKA_BROKERS: brokers,
      KAFKA_PREFIX: prefix,
      KAFKA_REPLICATION: '1',
      DETECTOR_IMAGE: 'chatwarden/detector',
      DETECTOR_VERSION: '1.0.0',
      CLAIMS: 'off',
      WATCH_NAMESPACES: world.namespace,
      LEASE_NAMESPACE: world.namespace,
    });
    operators.push(operator);
    return operator;
  }
  const leader = () =>
    vi.waitFor(async () => {
      const leading = await Promise.all(operators.map((operator) => operator.leads()));
      const found = operators.filter((_, at) => leading[at]);
      expect(found.map(({ name }) => name)).toHaveLength(1);
      return found[0] as OperatorProcess;
    }, soon);

  /** As the second one wrote it, on the clock of this machine. */
  async function acquiredAt(): Promise<number> {
    const lease = await world.client.get<LeaseObject>(RESOURCES.leases, { namespace: world.namespace, name: LEASE });
    return Date.parse(lease?.spec?.acquireTime ?? '');
  }

  it('take over within 20 s from one that was killed, and go on where it was', async () => {
    await start('one');
    const first = await leader();
    const second = await start('two');
    const { chatId, groupId } = await world.seeChat();
    const dedicated = {
      chatId,
      isolation: 'Dedicated' as const,
      autoscaling: { engine: 'HPA' as const, minReplicas: 2 },
    };
    world.kubelet.hold(() => true);
    await world.apply('busy', dedicated);
    await vi.waitFor(async () => expect(await world.deployment('busy', 'blue')).toBeDefined(), soon);
    const before = await world.deployment('busy', 'blue');
    await first.end('SIGKILL');
    operators = operators.filter((operator) => operator !== first);
    const killedAt = Date.now();
    expect(await leader()).toBe(second);
    expect((await acquiredAt()) - killedAt).toBeLessThan(TAKE_OVER_MS);
    world.kubelet.hold(() => false);
    await vi.waitFor(
      async () => expect(await world.condition('busy', 'WorkloadAvailable')).toBe('True/Available'),
      soon,
    );
    const { items } = await world.client.list(RESOURCES.deployments, { namespace: world.namespace });
    expect(items.map(({ metadata }) => metadata.uid)).toEqual([before?.metadata.uid]);
    const admin = createKafkaAdmin({ brokers: [brokers], clientId: 'test', clock: systemClock(), prefix });
    const [topic] = await admin.describe([dedicatedTopic(groupId)]);
    await admin.close();
    expect(topic?.partitions).toBe(6);
  });

  it('end in order when asked to, and the other one leads at once', async () => {
    await start('one');
    const first = await leader();
    const second = await start('two');
    await vi.waitFor(() => expect(second.log()).toContain('operator is at work'), soon);
    operators = operators.filter((operator) => operator !== first);
    expect(await first.end('SIGTERM')).toBe(0);
    expect(await leader()).toBe(second);
    const { chatId } = await world.seeChat();
    await world.apply('shared', { chatId });
    await vi.waitFor(async () => expect(await world.condition('shared', 'Ready')).toBe('True/Shared'), soon);
  });
});
