// The operator at work with the rights that its install gives it, and no others: nothing of it is refused.
import { once } from 'node:events';
import { systemClock } from '@chatwarden/daemon';
import { createEventRecorder, createKubeClient, createKubeLease, RESOURCES, type KubeObject } from '@chatwarden/kube';
import { hasKubernetes, testKubernetes } from '@chatwarden/testkit/kubernetes';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clusterOf } from '../src/cluster-of.ts';
import { OPERATOR } from '../src/install/index.ts';
import { installForCluster, installForNamespaces, type Installed } from './rights/install.ts';
import { createWorld, type World } from './world.ts';

const TIMEOUT_MS = 120_000;
const soon = { timeout: 30_000, interval: 100 };
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe.skipIf(!hasKubernetes())('an operator with the shipped roles (needs Go)', { timeout: TIMEOUT_MS }, () => {
  let world: World;
  let installed: Installed;
  beforeEach(async () => {
    world = await createWorld();
    installed = await installForNamespaces([world.namespace]);
  }, TIMEOUT_MS);
  afterEach(() => world.close());

  const reaches = (type: string, reason: string) =>
    vi.waitFor(async () => expect(await world.condition('busy', type)).toBe(reason), soon);

  it.each([['HPA'], ['KEDA']] as const)('takes a group scaled by %s through its life', async (engine) => {
    if (engine === 'KEDA') await testKubernetes().installKedaKinds();
    const { events, registry } = await world.startOperator({}, installed.kubeconfig);
    const { chatId } = await world.seeChat();
    const spec = {
      chatId,
      isolation: 'Dedicated',
      autoscaling: { engine, minReplicas: 2 },
      rollout: { strategy: 'BlueGreen', soakSeconds: 0 },
    } as const;
    await world.apply('busy', spec);
    await reaches('Ready', 'True/Dedicated');
    await reaches('Reconciling', 'False/UpToDate');
    await world.apply('busy', { ...spec, detector: { version: '2.0.0' } });
    await vi.waitFor(async () => expect((await world.group('busy'))?.status?.activeColor).toBe('green'), soon);
    await vi.waitFor(async () => expect(await world.deployment('busy', 'blue')).toBeUndefined(), soon);
    await world.apply('busy', { ...spec, isolation: 'Shared' });
    await reaches('Ready', 'True/Shared');
    await world.client.delete(RESOURCES.telegramgroups, { name: 'busy', namespace: world.namespace });
    await vi.waitFor(async () => expect(await world.group('busy')).toBeUndefined(), soon);
    expect(events().filter((event) => /Refused|DeletedEarly/.test(event))).toEqual([]);
    const answers = await registry.getSingleMetric('rest_client_requests_total')?.get();
    const codes = new Set(answers?.values.map(({ labels }) => labels['code']));
    expect([codes.has('200'), codes.has('403')]).toEqual([true, false]);
  });

  it('knows which cluster it is, or where its rights end which namespace', async () => {
    const uidOf = async (name: string) => (await world.client.get(RESOURCES.namespaces, { name }))?.metadata.uid;
    const asIn = async ({ namespace, kubeconfig }: Installed) => {
      const client = createKubeClient({ access: { kubeconfigFile: kubeconfig }, clock: systemClock() });
      const cluster = await clusterOf({ ...client, namespace });
      client.close();
      return cluster;
    };
    expect(await asIn(installed)).toBe(await uidOf(installed.namespace));
    expect(await asIn(await installForCluster())).toBe(await uidOf('kube-system'));
    expect(await asIn({ ...installed, namespace: world.namespace })).toBeUndefined();
  });

  it('leads by its lease, and gives it back', async () => {
    const clock = systemClock();
    const client = createKubeClient({ access: { kubeconfigFile: installed.kubeconfig }, clock });
    const { namespace } = installed;
    const lease = createKubeLease({ client, namespace, holder: 'one', clock, log });
    const at = { name: OPERATOR, namespace };
    const holderOf = async () => {
      const found = await world.client.get<KubeObject & { spec: { holderIdentity?: string } }>(RESOURCES.leases, at);
      return found?.spec.holderIdentity;
    };
    const ending = new AbortController();
    const leading = lease.hold(
      OPERATOR,
      async (_, lost) => {
        await once(lost, 'abort');
      },
      ending.signal,
    );
    await vi.waitFor(async () => expect(await holderOf()).toBe('one'), soon);
    ending.abort();
    await leading;
    expect(await holderOf()).not.toBe('one');
    client.close();
  });

  it('tells Events of a group, and repeats them', async () => {
    const clock = systemClock();
    const client = createKubeClient({ access: { kubeconfigFile: installed.kubeconfig }, clock });
    const reporter = { controller: 'chatwarden.io/operator', instance: 'one' };
    const events = createEventRecorder({ client, reporter, clock, log });
    const { chatId } = await world.seeChat();
    const group = (await world.apply('told', { chatId })) as unknown as KubeObject;
    const stopping = new AbortController();
    const sending = events.run(stopping.signal);
    const fact = { type: 'Normal', reason: 'Tested', message: 'it may tell', action: 'Test' } as const;
    events.record(group, fact);
    const { kubectl } = testKubernetes();
    const told = () =>
      kubectl(['get', 'events.events.k8s.io', '-n', world.namespace, '-o', 'jsonpath={.items[*].note}']);
    await vi.waitFor(async () => expect(await told()).toBe('it may tell'), soon);
    events.record(group, fact);
    stopping.abort();
    await sending;
    const series = 'jsonpath={.items[*].series.count}';
    const repeated = await kubectl(['get', 'events.events.k8s.io', '-n', world.namespace, '-o', series]);
    expect(repeated).toBe('2');
    client.close();
  });
});
