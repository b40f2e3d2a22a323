// Kinds that a cluster gets and loses while the operator runs. Other tests share their cluster, so this one has its own.
import type { Clock } from '@chatwarden/contracts';
import { systemClock } from '@chatwarden/daemon';
import { RESOURCES, type Resource } from '@chatwarden/kube';
import { chooseBackends, type KubernetesServer } from '@chatwarden/testkit/backends';
import { installKedaKinds } from '@chatwarden/testkit/backends/parts';
import { hasKubernetes } from '@chatwarden/testkit/kubernetes';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWorld, type World } from './world.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });
const soon = { timeout: 60_000, interval: 100 };

const { scaledobjects, podmonitors, horizontalpodautoscalers, customresourcedefinitions } = RESOURCES;
const MINUTE_MS = 60_000;
const real = systemClock();
/** Whoever waits for a minute waits for a moment. */
const clock: Clock = { now: real.now, sleep: (ms, signal) => real.sleep(ms === MINUTE_MS ? 200 : ms, signal) };

/** As much of it as the API server needs. */
const POD_MONITOR_KIND = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'podmonitors.monitoring.coreos.com' },
  spec: {
    group: 'monitoring.coreos.com',
    scope: 'Namespaced',
    names: { kind: 'PodMonitor', plural: 'podmonitors', singular: 'podmonitor' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};

describe.skipIf(!hasKubernetes())('kinds that come late and go (needs Kubernetes)', () => {
  let server: KubernetesServer;
  let world: World;
  beforeEach(async () => {
    server = await (await chooseBackends(process.env)).kubernetes();
    const kubernetes = { kubeconfig: server.kubeconfig, makeNamespace: async () => 'default' };
    world = await createWorld({ kubernetes, clock });
  });
  afterEach(async () => {
    await world.close();
    await server.remove();
  });

  const find = (resource: Resource, name: string) =>
    world.client.get(resource, { name: `${name}-detector`, namespace: world.namespace });
  const exists = (resource: Resource, name: string) =>
    vi.waitFor(async () => expect(await find(resource, name)).toBeDefined(), soon);
  const isGone = (resource: Resource, name: string) =>
    vi.waitFor(async () => expect(await find(resource, name)).toBeUndefined(), soon);
  const scaling = (name: string, expected: string) =>
    vi.waitFor(async () => expect(await world.condition(name, 'ScalingActive')).toBe(expected), soon);
  const removeKind = ({ plural }: Resource, group: string) =>
    world.client.delete(customresourcedefinitions, { name: `${plural}.${group}` });

  async function dedicate(name: string, autoscaling: { engine?: 'KEDA'; minReplicas: number }) {
    const { chatId } = await world.seeChat();
    await world.apply(name, { chatId, isolation: 'Dedicated', autoscaling });
  }

  it('are used from then on by the groups that want them, and done without once they are gone', async () => {
    await world.startOperator();
    await dedicate('strict', { engine: 'KEDA', minReplicas: 2 });
    await dedicate('easy', { minReplicas: 2 });
    await scaling('strict', 'False/NoKeda');
    await exists(horizontalpodautoscalers, 'easy');

    await installKedaKinds(server.kubectl, process.env);
    await exists(scaledobjects, 'strict');
    await exists(scaledobjects, 'easy');
    await isGone(horizontalpodautoscalers, 'easy');
    await scaling('strict', 'Unknown/Starting');

    await removeKind(scaledobjects, 'keda.sh');
    await scaling('strict', 'False/NoKeda');
    await exists(horizontalpodautoscalers, 'easy');
    expect(await world.condition('strict', 'WorkloadAvailable')).toBe('True/Available');

    await installKedaKinds(server.kubectl, process.env);
    await exists(scaledobjects, 'strict');
    await isGone(horizontalpodautoscalers, 'easy');
  });

  it('are no more than an addition where they only watch', async () => {
    await world.startOperator();
    await dedicate('easy', { minReplicas: 2 });
    await exists(horizontalpodautoscalers, 'easy');
    await world.client.apply(customresourcedefinitions, POD_MONITOR_KIND, { fieldManager: 'test' });
    await vi.waitFor(async () => expect(await find(podmonitors, 'easy')).toBeDefined(), soon);
    await removeKind(podmonitors, 'monitoring.coreos.com');
    await vi.waitFor(async () => expect(await world.client.serves(podmonitors)).toBe(false), soon);
    await vi.waitFor(async () => expect(await world.condition('easy', 'Ready')).toBe('True/Dedicated'), soon);
    expect(await world.condition('easy', 'Stalled')).toBe('False/NotStalled');
  });
});
