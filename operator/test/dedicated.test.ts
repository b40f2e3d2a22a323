// A TelegramGroup from its first look to its end, on a real API server: what is made, in which order, and what is left.
import { dedicatedTopic } from '@chatwarden/contracts';
import { RESOURCES } from '@chatwarden/kube';
import { hasKubernetes } from '@chatwarden/testkit/kubernetes';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWorld, type World } from './world.ts';

const soon = { timeout: 25_000, interval: 100 };

describe.skipIf(!hasKubernetes())('a TelegramGroup (needs Kubernetes)', () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
  });
  afterEach(() => world.close());

  const ready = (name: string, status = 'True') =>
    vi.waitFor(async () => expect(await world.condition(name, 'Ready')).toMatch(status), soon);

  it('that shares is ready as soon as the bot has seen its chat', async () => {
    await world.startOperator();
    const { chatId, groupId } = await world.seeChat();
    await world.apply('shared', { chatId });
    await ready('shared', 'True/Shared');
    expect((await world.group('shared'))?.status).toMatchObject({ groupId, replicas: 0, observedGeneration: 1 });
    expect(world.topics.calls).toEqual([]);
  });

  it('waits for its chat, and says what to do', async () => {
    await world.startOperator();
    await world.apply('early', { chatId: -1_009_999_999_999 });
    await ready('early', 'False/ChatUnknown');
    const { groupId } = await world.seeChat(-1_009_999_999_999);
    await ready('early', 'True/Shared');
    expect((await world.group('early'))?.status?.groupId).toBe(groupId);
  });

  it('that is dedicated gets its topic, its detectors and then its route', async () => {
    await world.startOperator();
    const { chatId, groupId } = await world.seeChat();
    await world.apply('busy', { chatId, isolation: 'Dedicated', autoscaling: { engine: 'HPA', minReplicas: 2 } });
    await ready('busy', 'True/Dedicated');
    expect(world.topics.topics.get(dedicatedTopic(groupId))?.partitions).toBe(6);
    expect(await world.store.settings.routeOf(groupId)).toMatchObject({ dedicated: true });
    expect((await world.group('busy'))?.status).toMatchObject({
      replicas: 2,
      readyReplicas: 2,
      partitions: 6,
      activeColor: 'blue',
      detectorVersion: 'chatwarden/detector:1.0.0',
    });
    const kinds = ['serviceaccounts', 'networkpolicies', 'poddisruptionbudgets', 'horizontalpodautoscalers'] as const;
    for (const kind of kinds) {
      const at = { name: 'busy-detector', namespace: world.namespace };
      expect(await world.client.get(RESOURCES[kind], at)).toBeDefined();
    }
  });

  it('writes nothing the second time, and nothing at rest', async () => {
    const { operator, writes } = await world.startOperator();
    const { chatId } = await world.seeChat();
    await world.apply('quiet', { chatId, isolation: 'Dedicated', autoscaling: { engine: 'HPA', minReplicas: 2 } });
    await ready('quiet');
    await vi.waitFor(async () => expect(await world.condition('quiet', 'Reconciling')).toBe('False/UpToDate'), soon);
    await vi.waitFor(() => expect(operator.controller.isIdle()).toBe(true), soon);
    writes();
    operator.controller.enqueue(`${world.namespace}/quiet`);
    await vi.waitFor(() => expect(operator.controller.isIdle()).toBe(true), soon);
    expect(writes()).toEqual([]);
  });

  it('goes back to the shared detectors once nothing waits in its topic', async () => {
    await world.startOperator();
    const { chatId, groupId } = await world.seeChat();
    await world.apply('mover', { chatId, isolation: 'Dedicated', autoscaling: { engine: 'HPA', minReplicas: 2 } });
    await ready('mover', 'True/Dedicated');
    world.topics.topics.set(dedicatedTopic(groupId), { partitions: 6, lag: 7 });
    await world.apply('mover', { chatId, isolation: 'Shared' });
    await vi.waitFor(async () => expect(await world.condition('mover', 'Reconciling')).toBe('True/Draining'), soon);
    expect(await world.deployment('mover', 'blue')).toBeDefined();
    expect(await world.store.settings.routeOf(groupId)).toMatchObject({ dedicated: false });
    world.topics.topics.set(dedicatedTopic(groupId), { partitions: 6, lag: 0 });
    await vi.waitFor(async () => expect(await world.deployment('mover', 'blue')).toBeUndefined(), soon);
    await ready('mover', 'True/Shared');
    const retired = await world.store.retiredTopics.listRetiredTopics(Date.now() + 1000);
    expect(retired.map((topic) => topic.groupId)).toEqual([groupId]);
  });

  it('that is deleted goes back first, and leaves nothing', async () => {
    await world.startOperator({ RETIRED_TOPIC_HOURS: '0' });
    const { chatId, groupId } = await world.seeChat();
    await world.apply('leaver', { chatId, isolation: 'Dedicated', autoscaling: { engine: 'HPA', minReplicas: 2 } });
    await ready('leaver', 'True/Dedicated');
    await world.client.delete(RESOURCES.telegramgroups, { name: 'leaver', namespace: world.namespace });
    await vi.waitFor(async () => expect(await world.group('leaver')).toBeUndefined(), soon);
    expect(await world.store.settings.routeOf(groupId)).toMatchObject({ dedicated: false });
    expect(await world.deployment('leaver', 'blue')).toBeUndefined();
  });

  it('whose operator is gone leaves its objects to the garbage collector', async () => {
    const operator = await world.startOperator();
    const { chatId } = await world.seeChat();
    await world.apply('orphan', { chatId, isolation: 'Dedicated', autoscaling: { engine: 'HPA', minReplicas: 2 } });
    await ready('orphan', 'True/Dedicated');
    await operator.stop();
    const at = { name: 'orphan', namespace: world.namespace };
    await world.client.mergePatch(RESOURCES.telegramgroups, at, { patch: { metadata: { finalizers: null } } });
    await world.client.delete(RESOURCES.telegramgroups, at);
    const left = async () => {
      const kinds = [RESOURCES.deployments, RESOURCES.configmaps, RESOURCES.serviceaccounts, RESOURCES.networkpolicies];
      const labelSelector = 'app.kubernetes.io/managed-by=chatwarden-operator';
      const lists = await Promise.all(
        kinds.map((kind) => world.client.list(kind, { namespace: world.namespace, labelSelector })),
      );
      return lists.flatMap(({ items }) => items.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
    };
    // The collector learns of new kinds every 30 s.
    await vi.waitFor(async () => expect(await left()).toEqual([]), { timeout: 90_000, interval: 500 });
  }, 150_000);
});
