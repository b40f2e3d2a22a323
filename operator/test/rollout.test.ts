// New detectors for a dedicated group: one by one, or blue-green with its gate, its soak and its way back.
import { RESOURCES } from '@chatwarden/kube';
import type { TelegramGroupSpec } from '@chatwarden/contracts';
import { hasKubernetes } from '@chatwarden/testkit/kubernetes';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWorld, type World } from './world.ts';

const soon = { timeout: 60_000, interval: 100 };
vi.setConfig({ testTimeout: 120_000 });

describe.skipIf(!hasKubernetes())('new detectors (needs Kubernetes)', () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
  });
  afterEach(() => world.close());

  const eventually = (condition: string, expected: string, name = 'busy') =>
    vi.waitFor(async () => expect(await world.condition(name, condition)).toBe(expected), soon);
  const imageOf = async (name: string, colour: 'blue' | 'green') =>
    (await world.deployment(name, colour))?.spec.template.spec.containers[0]?.image;
  const gateOf = async (groupId: string) => (await world.store.gates.gateOf(groupId))?.colour ?? 'blue';

  const spec = (chatId: number, over: Partial<TelegramGroupSpec> = {}): Partial<TelegramGroupSpec> => ({
    chatId,
    isolation: 'Dedicated',
    autoscaling: { engine: 'HPA', minReplicas: 2 },
    ...over,
  });
  const blueGreen = (chatId: number, version: string, soakSeconds = 1) =>
    spec(chatId, { detector: { version }, rollout: { strategy: 'BlueGreen', soakSeconds } });

  it('come one by one when the installation has a new version', async () => {
    const { chatId } = await world.seeChat();
    const first = await world.startOperator();
    await world.apply('busy', spec(chatId));
    await eventually('Ready', 'True/Dedicated');
    await first.stop();
    await world.startOperator({ DETECTOR_VERSION: '2.0.0' });
    await vi.waitFor(async () => expect(await imageOf('busy', 'blue')).toBe('chatwarden/detector:2.0.0'), soon);
    await eventually('Reconciling', 'False/UpToDate');
    expect(await world.deployment('busy', 'green')).toBeUndefined();
  });

  it('come to one group after the other', async () => {
    const names = ['first', 'second', 'third'];
    const operator = await world.startOperator();
    for (const name of names) await world.apply(name, spec((await world.seeChat()).chatId));
    for (const name of names) await eventually('Reconciling', 'False/UpToDate', name);
    world.kubelet.hold(({ image }) => image.endsWith(':2.0.0'));
    await operator.stop();
    await world.startOperator({ DETECTOR_VERSION: '2.0.0' });
    const reasons = async () => {
      const all = await Promise.all(names.map((name) => world.condition(name, 'Reconciling')));
      return all.map(String).toSorted((one, other) => one.localeCompare(other));
    };
    await vi.waitFor(
      async () => expect(await reasons()).toEqual(['True/Rolling', 'True/RolloutQueued', 'True/RolloutQueued']),
      soon,
    );
    world.kubelet.hold(() => false);
    await vi.waitFor(async () => {
      const images = await Promise.all(names.map((name) => imageOf(name, 'blue')));
      expect(new Set(images)).toEqual(new Set(['chatwarden/detector:2.0.0']));
    }, soon);
  });

  it('of another shape do not come by themselves: a new operator restarts nothing', async () => {
    const { chatId } = await world.seeChat();
    const first = await world.startOperator();
    await world.apply('busy', spec(chatId));
    await eventually('Reconciling', 'False/UpToDate');
    // The last that somebody else has to say: without metrics, it cannot scale.
    await eventually('ScalingActive', 'False/FailedGetResourceMetric');
    await first.stop();
    const at = { name: 'busy-detector-blue', namespace: world.namespace };
    const patch = { metadata: { annotations: { 'chatwarden.io/shape': 'of-an-older-operator' } } };
    await world.client.mergePatch(RESOURCES.deployments, at, { patch });
    const before = await world.deployment('busy', 'blue');
    const second = await world.startOperator();
    await vi.waitFor(() => expect(second.operator.controller.isIdle()).toBe(true), soon);
    second.operator.controller.enqueue(`${world.namespace}/busy`);
    await vi.waitFor(() => expect(second.operator.controller.isIdle()).toBe(true), soon);
    expect(second.writes()).toEqual([]);
    expect((await world.deployment('busy', 'blue'))?.metadata.generation).toBe(before?.metadata.generation);
  });

  it('stand ready in the other colour before they take over, and the former ones go after the soak', async () => {
    const { chatId, groupId } = await world.seeChat();
    const { events } = await world.startOperator();
    await world.apply('busy', blueGreen(chatId, '1.0.0'));
    await eventually('Ready', 'True/Dedicated');
    world.kubelet.hold(({ image }) => image.endsWith(':2.0.0'));
    await world.apply('busy', blueGreen(chatId, '2.0.0'));
    await eventually('Reconciling', 'True/Preparing');
    await vi.waitFor(async () => expect(await imageOf('busy', 'green')).toBe('chatwarden/detector:2.0.0'), soon);
    expect([await gateOf(groupId), await imageOf('busy', 'blue')]).toEqual(['blue', 'chatwarden/detector:1.0.0']);
    await eventually('ScalingActive', 'False/Held');
    world.kubelet.hold(() => false);
    await vi.waitFor(async () => expect(await gateOf(groupId)).toBe('green'), soon);
    await vi.waitFor(async () => expect(await world.deployment('busy', 'blue')).toBeUndefined(), soon);
    await eventually('Reconciling', 'False/UpToDate');
    expect((await world.group('busy'))?.status).toMatchObject({
      activeColor: 'green',
      detectorVersion: 'chatwarden/detector:2.0.0',
    });
    const hpa = await world.client.get(RESOURCES.horizontalpodautoscalers, {
      name: 'busy-detector',
      namespace: world.namespace,
    });
    expect(hpa).toMatchObject({ spec: { scaleTargetRef: { name: 'busy-detector-green' } } });
    expect(events()).toContain('busy Normal Switched');
  });

  it('that do not get ready never take over, and the group says so', async () => {
    const { chatId, groupId } = await world.seeChat();
    await world.startOperator({ READY_WITHIN_SECONDS: '8' });
    await world.apply('busy', blueGreen(chatId, '1.0.0'));
    await eventually('Ready', 'True/Dedicated');
    world.kubelet.hold(({ image }) => image.endsWith(':broken'));
    await world.apply('busy', blueGreen(chatId, 'broken'));
    await vi.waitFor(async () => expect(await world.deployment('busy', 'green')).toBeDefined(), soon);
    await eventually('Stalled', 'True/RolloutFailed');
    await vi.waitFor(async () => expect(await world.deployment('busy', 'green')).toBeUndefined(), soon);
    expect([await gateOf(groupId), await imageOf('busy', 'blue')]).toEqual(['blue', 'chatwarden/detector:1.0.0']);
    await world.apply('busy', blueGreen(chatId, '1.0.1'));
    await vi.waitFor(async () => expect(await gateOf(groupId)).toBe('green'), soon);
    await eventually('Stalled', 'False/NotStalled');
  });

  it('that fail after the switch are put back, and the former ones judge again', async () => {
    const { chatId, groupId } = await world.seeChat();
    await world.startOperator({ CONSUME_WITHIN_SECONDS: '2' });
    await world.apply('busy', blueGreen(chatId, '1.0.0', 600));
    await eventually('Ready', 'True/Dedicated');
    await world.apply('busy', blueGreen(chatId, '2.0.0', 600));
    await eventually('Reconciling', 'True/Soaking');
    expect(await gateOf(groupId)).toBe('green');
    world.kubelet.hold(({ colour }) => colour === 'green');
    await vi.waitFor(async () => expect(await gateOf(groupId)).toBe('blue'), soon);
    await eventually('Stalled', 'True/RolloutFailed');
    expect((await world.group('busy'))?.status?.activeColor).toBe('blue');
  });
});
