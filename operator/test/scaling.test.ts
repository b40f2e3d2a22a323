// What scales a dedicated group: the real autoscaler decides on what the operator made, by metrics that the test sets.
import { dedicatedTopic, type TelegramGroupSpec } from '@chatwarden/contracts';
import { RESOURCES, type KubeObject } from '@chatwarden/kube';
import { hasKubernetes, testKubernetes } from '@chatwarden/testkit/kubernetes';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startMetrics } from './stand-in-metrics.ts';
import { createWorld, type World } from './world.ts';

vi.setConfig({ testTimeout: 120_000 });
const soon = { timeout: 60_000, interval: 100 };

describe.skipIf(!hasKubernetes())('scaling (needs Kubernetes)', () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
  });
  afterEach(() => world.close());

  const eventually = (condition: string, expected: string) =>
    vi.waitFor(async () => expect(await world.condition('busy', condition)).toBe(expected), soon);
  const find = (resource: (typeof RESOURCES)[keyof typeof RESOURCES], name = 'busy-detector') =>
    world.client.get<KubeObject & { spec: unknown; status?: unknown }>(resource, { name, namespace: world.namespace });
  const replicas = async () => (await world.deployment('busy', 'blue'))?.spec.replicas;

  async function applyBusy(over: Partial<TelegramGroupSpec> = {}) {
    const { chatId, groupId } = await world.seeChat();
    const spec = { chatId, isolation: 'Dedicated' as const, autoscaling: { engine: 'HPA' as const, minReplicas: 2 } };
    await world.apply('busy', { ...spec, ...over });
    return { chatId, groupId, spec };
  }

  it('by CPU adds replicas up to what a burst asks for, and holds when nothing is known', async () => {
    const metrics = await startMetrics(world.client, world.namespace);
    await world.startOperator({ SCALE_UP_AFTER_SECONDS: '0', SCALE_DOWN_AFTER_SECONDS: '0' });
    metrics.set(300);
    await applyBusy({ throughput: { messagesPerSecond: 1000, burstFactor: 6 } });
    await eventually('ScalingActive', 'True/HPA');
    expect(await replicas()).toBe(2);
    metrics.set(1400);
    await vi.waitFor(async () => expect(await replicas()).toBe(6), soon);
    metrics.set(undefined);
    await eventually('ScalingActive', 'False/FailedGetResourceMetric');
    expect(await replicas()).toBe(6);
    metrics.set(10);
    await vi.waitFor(async () => expect(await replicas()).toBe(2), soon);
    await metrics.stop();
  });

  it('leaves replicas to the autoscaler: a reconcile does not take them back', async () => {
    const { operator } = await world.startOperator();
    const { spec } = await applyBusy({ autoscaling: { engine: 'HPA', minReplicas: 2, maxReplicas: 6 } });
    await eventually('Ready', 'True/Dedicated');
    await world.client.setScale(RESOURCES.deployments, { name: 'busy-detector-blue', namespace: world.namespace }, 5);
    const autoscaling = { engine: 'HPA' as const, minReplicas: 3, maxReplicas: 6 };
    await world.apply('busy', { ...spec, autoscaling });
    await vi.waitFor(async () => expect((await world.group('busy'))?.status?.observedGeneration).toBe(2), soon);
    await vi.waitFor(() => expect(operator.controller.isIdle()).toBe(true), soon);
    expect(await replicas()).toBe(5);
  });

  it('by the lag is what KEDA takes, and tells when it has fallen back', async () => {
    await testKubernetes().installKedaKinds();
    await world.startOperator();
    const { groupId, spec } = await applyBusy({ autoscaling: { engine: 'KEDA', minReplicas: 2, lagSeconds: 3 } });
    await eventually('ScalingActive', 'Unknown/Starting');
    const scaled = await vi.waitFor(async () => {
      const found = await find(RESOURCES.scaledobjects);
      expect(found).toBeDefined();
      return found;
    }, soon);
    expect(scaled?.spec).toMatchObject({
      scaleTargetRef: { name: 'busy-detector-blue' },
      triggers: [{ metadata: { topic: dedicatedTopic(groupId), lagThreshold: '3000' } }],
    });
    const status = { conditions: [{ type: 'Fallback', status: 'True', reason: 'FallbackExists', message: '' }] };
    const at = { name: 'busy-detector', namespace: world.namespace };
    await world.client.mergePatch(RESOURCES.scaledobjects, at, { patch: { status }, subresource: 'status' });
    await eventually('ScalingActive', 'False/Fallback');
    await world.apply('busy', spec);
    await vi.waitFor(async () => expect(await find(RESOURCES.scaledobjects)).toBeUndefined(), soon);
    expect(await find(RESOURCES.horizontalpodautoscalers)).toBeDefined();
  });

  it('says when partitions are what stops it', async () => {
    await world.startOperator();
    const { groupId } = await applyBusy({ partitions: 2, throughput: { messagesPerSecond: 100, burstFactor: 1 } });
    await eventually('ThroughputMet', 'True/KeepingUp');
    world.topics.topics.set(dedicatedTopic(groupId), { partitions: 2, lag: 60_000, oldestMs: 32_000 });
    await eventually('ThroughputMet', 'False/AtPartitionLimit');
    const message = (await world.group('busy'))?.status?.conditions?.find(
      ({ type }) => type === 'ThroughputMet',
    )?.message;
    expect(message).toContain('raise spec.partitions above 2');
    world.topics.topics.set(dedicatedTopic(groupId), { partitions: 2, lag: 0 });
    await eventually('ThroughputMet', 'True/KeepingUp');
  });

  it('grows the topic when asked to', async () => {
    await world.startOperator();
    const { groupId, spec } = await applyBusy({ partitions: 4 });
    await eventually('Ready', 'True/Dedicated');
    await world.apply('busy', { ...spec, partitions: 12 });
    await vi.waitFor(() => expect(world.topics.topics.get(dedicatedTopic(groupId))?.partitions).toBe(12), soon);
    await vi.waitFor(async () => expect((await world.group('busy'))?.status?.partitions).toBe(12), soon);
  });

  it('looks after what runs while Kafka is away', async () => {
    await world.startOperator();
    const { groupId, spec } = await applyBusy({ partitions: 4 });
    await eventually('Ready', 'True/Dedicated');
    world.topics.away(true);
    await world.apply('busy', { ...spec, partitions: 6 });
    await eventually('TopicReady', 'Unknown/KafkaAway');
    await world.client.delete(RESOURCES.poddisruptionbudgets, { name: 'busy-detector', namespace: world.namespace });
    await vi.waitFor(async () => expect(await find(RESOURCES.poddisruptionbudgets)).toBeDefined(), soon);
    world.topics.away(false);
    await eventually('TopicReady', 'True/TopicReady');
    expect(world.topics.topics.get(dedicatedTopic(groupId))?.partitions).toBe(6);
  });
});
