/** The parts together, against a real API server: a controller that gives every Thing a ConfigMap and a status. */
import { systemClock } from '@chatwarden/daemon';
import {
  createApplier,
  createInformer,
  createKubeClient,
  createKubeLease,
  keyOf,
  ownedBy,
  RESOURCES,
  setCondition,
  type Condition,
  type KubeClient,
  type KubeObject,
  type Resource,
} from '@chatwarden/kube';
import { hasKubernetes, testKubernetes } from '@chatwarden/testkit/kubernetes';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createController, createOwnWrites, createStatusWriter, lead, type Controller } from './index.ts';

interface ThingStatus {
  observedGeneration?: number;
  conditions: Condition[];
}
type Thing = KubeObject & { spec: { size: number }; status?: ThingStatus };
type ConfigMap = KubeObject & { data?: Record<string, string> };

const things: Resource = { apiVersion: 'runtime.example/v1', kind: 'Thing', plural: 'things', namespaced: true };
const { configmaps, customresourcedefinitions } = RESOURCES;
const MANAGED = { 'app.kubernetes.io/managed-by': 'thing-controller' };
const FIELD_MANAGER = 'thing-controller';
const SOON_MS = 60_000;
const TEST_MS = 180_000;
const clock = systemClock();
const silent = { info: () => {}, warn: () => {}, error: () => {} };

const CRD = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'things.runtime.example' },
  spec: {
    group: 'runtime.example',
    scope: 'Namespaced',
    names: { kind: 'Thing', plural: 'things', singular: 'thing' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};

function openClient(): KubeClient {
  const { kubeconfig } = testKubernetes();
  const client = createKubeClient({ access: { kubeconfigFile: kubeconfig }, clock, qps: 100, burst: 100 });
  onTestFinished(() => client.close());
  return client;
}

/** One process that waits for the lease and then works; `writes` says what it asked the server to change. */
function startProcess(namespace: string, holder: string) {
  const client = openClient();
  const writes: string[] = [];
  const counting: Pick<KubeClient, 'apply' | 'applyStatus'> = {
    apply: (resource, object, options) => {
      writes.push(`apply ${object.metadata.name}`);
      return client.apply(resource, object, options);
    },
    applyStatus: (resource, object, options) => {
      writes.push(`status ${object.metadata.name}`);
      return client.applyStatus(resource, object, options);
    },
  };
  const scope = { client, namespaces: [namespace], clock, log: silent };
  const thingCache = createInformer<Thing>({ ...scope, resource: things });
  const mapCache = createInformer<ConfigMap>({
    ...scope,
    resource: configmaps,
    labelSelector: 'app.kubernetes.io/managed-by=thing-controller',
  });
  const { applyOwned } = createApplier({ client: counting, fieldManager: FIELD_MANAGER });
  const statuses = createStatusWriter<ThingStatus>({ client: counting, resource: things, fieldManager: FIELD_MANAGER });
  const ownWrites = createOwnWrites({
    cached: ({ kind, metadata: { name } }) => (kind === 'Thing' ? thingCache : mapCache).get(namespace, name),
    clock,
  });

  async function reconcile(key: string, signal: AbortSignal): Promise<void> {
    const name = key.slice(namespace.length + 1);
    const thing = thingCache.get(namespace, name);
    if (!thing) return;
    const metadata = { name, namespace, labels: MANAGED, ownerReferences: [ownedBy(thing)] };
    const desired: ConfigMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { size: `${thing.spec.size}` } };
    const made = await applyOwned(configmaps, desired, { live: mapCache.get(namespace, name), signal });
    if (made.result === 'applied') ownWrites.wrote(key, made.object);
    const generation = thing.metadata.generation ?? 0;
    const ready = {
      type: 'Ready',
      status: 'True',
      reason: 'Made',
      message: '',
      observedGeneration: generation,
    } as const;
    const conditions = setCondition(thing.status?.conditions ?? [], ready, clock.now());
    const told = await statuses.write(thing, { observedGeneration: generation, conditions }, signal);
    if (told.result === 'written') ownWrites.wrote(key, told.object);
  }

  const controller: Controller = createController({
    name: 'things',
    reconcile,
    isFresh: ownWrites.isCaughtUp,
    resync: { keys: () => thingCache.list().map(({ metadata }) => keyOf(metadata)) },
    clock,
    log: silent,
  });
  thingCache.onChange(({ object }) => controller.enqueue(keyOf(object.metadata)));
  mapCache.onChange(({ object }) => controller.enqueue(keyOf(object.metadata)));

  const stop = new AbortController();
  const times = { termMs: 6000, renewDeadlineMs: 4000, retryMs: 500 };
  const lease = createKubeLease({ client, namespace, holder, clock, log: silent, ...times });
  const leading = lead(
    {
      lease,
      name: 'things',
      clock,
      log: silent,
      alive: controller.alive,
      run: async (_epoch, signal) => {
        const caches = [thingCache.run(signal), mapCache.run(signal)];
        await Promise.all([thingCache.synced(signal), mapCache.synced(signal)]);
        await Promise.all([controller.run(signal), ...caches]);
      },
    },
    stop.signal,
  );
  onTestFinished(async () => {
    stop.abort();
    await leading;
  });
  return { writes, stop, leading, controller };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const endsAt = Date.now() + SOON_MS;
  while (!(await condition())) {
    if (Date.now() > endsAt) throw new Error(`not within ${SOON_MS} ms`);
    await clock.sleep(50);
  }
}

describe.skipIf(!hasKubernetes())('a controller (needs Kubernetes)', () => {
  let admin: KubeClient;

  beforeAll(async () => {
    const { kubeconfig } = testKubernetes();
    admin = createKubeClient({ access: { kubeconfigFile: kubeconfig }, clock, qps: 100, burst: 100 });
    await admin.apply(customresourcedefinitions, CRD, { fieldManager: 'test' });
    await testKubernetes().kubectl(['wait', '--for=condition=Established', 'crd/things.runtime.example']);
    return () => admin.close();
  }, TEST_MS);

  const thing = (namespace: string, name: string, size: number): Thing => ({
    apiVersion: things.apiVersion,
    kind: things.kind,
    metadata: { name, namespace },
    spec: { size },
  });

  const sizes = async (namespace: string) => {
    const labelSelector = 'app.kubernetes.io/managed-by=thing-controller';
    const { items } = await admin.list<ConfigMap>(configmaps, { namespace, labelSelector });
    return items.map(({ metadata, data }) => `${metadata.name} ${data?.['size']}`).join(', ');
  };

  const isReady = async (namespace: string, name: string) => {
    const found = await admin.get<Thing>(things, { namespace, name });
    return found?.status?.observedGeneration === found?.metadata.generation;
  };

  it(
    'brings about what is wanted, keeps it so, and writes nothing at rest',
    async () => {
      const namespace = await testKubernetes().makeNamespace();
      const { writes, controller } = startProcess(namespace, 'a');
      for (const name of ['x', 'y', 'z']) await admin.create(things, thing(namespace, name, 1));
      await until(async () => (await sizes(namespace)) === 'x 1, y 1, z 1');
      await until(async () =>
        (await Promise.all(['x', 'y', 'z'].map((name) => isReady(namespace, name)))).every(Boolean),
      );
      // Each object was written once, and its status once.
      expect(writes.toSorted()).toEqual(['apply x', 'apply y', 'apply z', 'status x', 'status y', 'status z']);

      for (const name of ['x', 'y', 'z']) controller.enqueue(`${namespace}/${name}`);
      await until(async () => controller.isIdle());
      expect(writes).toHaveLength(6);

      await admin.mergePatch(things, { namespace, name: 'y' }, { patch: { spec: { size: 2 } } });
      await admin.delete(configmaps, { namespace, name: 'z' });
      await admin.mergePatch(configmaps, { namespace, name: 'x' }, { patch: { data: { size: 'drifted' } } });
      await until(async () => (await sizes(namespace)) === 'x 1, y 2, z 1' && (await isReady(namespace, 'y')));
      await until(async () => controller.isIdle());
      // What a person has changed is asked for first, and then taken by force.
      expect(writes.slice(6).toSorted()).toEqual(['apply x', 'apply x', 'apply y', 'apply z', 'status y']);
    },
    TEST_MS,
  );

  it(
    'is one of two processes at a time, and the other goes on where it stopped',
    async () => {
      const namespace = await testKubernetes().makeNamespace();
      const a = startProcess(namespace, 'a');
      await admin.create(things, thing(namespace, 'x', 1));
      await until(() => isReady(namespace, 'x').then(async (ready) => ready && (await sizes(namespace)) === 'x 1'));
      const b = startProcess(namespace, 'b');
      a.stop.abort();
      await a.leading;
      await admin.create(things, thing(namespace, 'y', 1));
      await until(async () => (await sizes(namespace)) === 'x 1, y 1' && (await isReady(namespace, 'y')));
      expect(a.writes).toEqual(['apply x', 'status x']);
      expect(b.writes).toEqual(['apply y', 'status y']);
    },
    TEST_MS,
  );
});
