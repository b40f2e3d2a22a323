// What the Prometheus operator gets, as its own kinds take it.
import { RESOURCES, type KubeObject } from '@chatwarden/kube';
import { hasKubernetes, testKubernetes } from '@chatwarden/testkit/kubernetes';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWorld, type World } from './world.ts';

vi.setConfig({ testTimeout: 120_000 });
const soon = { timeout: 60_000, interval: 100 };

describe.skipIf(!hasKubernetes())('monitoring (needs Kubernetes)', () => {
  let world: World;
  beforeEach(async () => {
    await testKubernetes().installPrometheusKinds();
    world = await createWorld();
  });
  afterEach(() => world.close());

  const find = (resource: (typeof RESOURCES)[keyof typeof RESOURCES]) =>
    world.client.get<KubeObject & { spec: unknown }>(resource, { name: 'busy-detector', namespace: world.namespace });
  const eventually = (condition: string, expected: string) =>
    vi.waitFor(async () => expect(await world.condition('busy', condition)).toBe(expected), soon);

  it('of a dedicated group is made as it is meant, follows its target, and goes with its detectors', async () => {
    const { operator } = await world.startOperator();
    const { chatId } = await world.seeChat();
    const dedicated = {
      chatId,
      isolation: 'Dedicated' as const,
      autoscaling: { engine: 'HPA' as const, minReplicas: 2 },
    };
    await world.apply('busy', dedicated);
    await eventually('Ready', 'True/Dedicated');
    const [monitor, rule] = [await find(RESOURCES.podmonitors), await find(RESOURCES.prometheusrules)];
    expect(monitor?.spec).toMatchObject({ podTargetLabels: ['chatwarden.io/telegramgroup', 'chatwarden.io/color'] });
    expect(JSON.stringify(rule?.spec)).toContain('14.4 * 0.001');

    await world.apply('busy', { ...dedicated, availability: { target: '99' } });
    await vi.waitFor(async () => {
      expect(JSON.stringify((await find(RESOURCES.prometheusrules))?.spec)).toContain('14.4 * 0.01 ');
    }, soon);
    await vi.waitFor(() => expect(operator.controller.isIdle()).toBe(true), soon);
    const settled = await find(RESOURCES.prometheusrules);
    operator.controller.enqueue(`${world.namespace}/busy`);
    await vi.waitFor(() => expect(operator.controller.isIdle()).toBe(true), soon);
    expect((await find(RESOURCES.prometheusrules))?.metadata.resourceVersion).toBe(settled?.metadata.resourceVersion);

    await world.apply('busy', { chatId });
    await eventually('Ready', 'True/Shared');
    await vi.waitFor(async () => expect(await find(RESOURCES.prometheusrules)).toBeUndefined(), soon);
    expect(await find(RESOURCES.podmonitors)).toBeUndefined();
  });
});
