/** What only a real API server can say. */
import { hasKubernetes, testKubernetes } from '@chatwarden/testkit/kubernetes';
import { Registry } from 'prom-client';
import { beforeAll, afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  createApplier,
  createEventRecorder,
  createInformer,
  createKubeClient,
  createKubeLease,
  isKubeError,
  RESOURCES,
  type KubeClient,
  type KubeObject,
  type LeaseObject,
} from '../src/index.ts';
import { heardLog } from './fake-api.ts';
import { realClock as clock, within } from './real-clock.ts';

const SOON_MS = 30_000;
const TEST_MS = 120_000;
const { configmaps, deployments, leases, events } = RESOURCES;

type ConfigMap = KubeObject & { data?: Record<string, string> };
type Deployment = KubeObject & { spec: { replicas?: number; template?: object } };

const configMap = (namespace: string, name: string, data: Record<string, string> = {}): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data,
});

const deployment = (namespace: string, more: object = {}): Deployment => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'app', namespace },
  spec: {
    selector: { matchLabels: { app: 'x' } },
    template: {
      metadata: { labels: { app: 'x' } },
      spec: { containers: [{ name: 'x', image: 'x', resources: { requests: { cpu: '1000m' } } }] },
    },
    ...more,
  } as Deployment['spec'],
});

describe.skipIf(!hasKubernetes())('an API server (needs Kubernetes)', () => {
  let client: KubeClient;
  let namespace: string;

  beforeAll(async () => {
    const { kubeconfig, makeNamespace } = testKubernetes();
    client = createKubeClient({ access: { kubeconfigFile: kubeconfig }, clock, qps: 200, burst: 200 });
    namespace = await makeNamespace();
  }, TEST_MS);
  afterAll(() => client.close());

  function labelled(name: string, labels: Record<string, string>): ConfigMap {
    return { ...configMap(namespace, name), metadata: { name, namespace, labels } };
  }

  it('takes and gives objects whole, by every verb', async () => {
    const at = { namespace, name: 'verbs' };
    expect(await client.get(configmaps, at)).toBeUndefined();
    const made = await client.create(configmaps, configMap(namespace, 'verbs', { a: 'ü✓🙂' }));
    await expect(client.create(configmaps, configMap(namespace, 'verbs'))).rejects.toMatchObject({
      reason: 'AlreadyExists',
    });
    expect(await client.get<ConfigMap>(configmaps, at)).toEqual(made);
    const patch = { data: { b: '2' } };
    const patched = await client.mergePatch<ConfigMap>(configmaps, at, { patch, fieldManager: 'test' });
    expect(patched.data).toEqual({ a: 'ü✓🙂', b: '2' });
    await expect(client.replace(configmaps, made)).rejects.toMatchObject({ reason: 'Conflict', retry: 'now' });
    const replaced = await client.replace(configmaps, { ...patched, data: { c: '3' } });
    expect(replaced.data).toEqual({ c: '3' });
    const dry = await client.mergePatch<ConfigMap>(configmaps, at, { patch, dryRun: true });
    expect(dry.data).toEqual({ b: '2', c: '3' });
    await expect(
      client.delete(configmaps, at, { preconditions: { uid: '00000000-0000-0000-0000-000000000000' } }),
    ).rejects.toMatchObject({ reason: 'Conflict' });
    await client.delete(configmaps, at, { preconditions: { uid: made.metadata.uid ?? '' } });
    await client.delete(configmaps, at);
    expect(await client.get(configmaps, at)).toBeUndefined();
  });

  it('says what is wrong with an object, and that this stays so', async () => {
    const failing = client.apply(configmaps, configMap(namespace, 'Not A Name'), { fieldManager: 'test' });
    await expect(failing).rejects.toMatchObject({
      reason: 'Invalid',
      retry: 'never',
      causes: [{ field: 'metadata.name' }],
    });
  });

  it('lists in pages, by label and by field', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `page-${index}`);
    for (const name of names) await client.create(configmaps, labelled(name, { pages: 'yes' }));
    const scope = { namespace, labelSelector: 'pages=yes' };
    const listed = await client.list<ConfigMap>(configmaps, { ...scope, limit: 3 });
    expect(listed.items.map(({ metadata }) => metadata.name)).toEqual(names);
    expect(listed.items[0]).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
    const one = await client.list(configmaps, { ...scope, fieldSelector: 'metadata.name=page-3' });
    expect(one.items).toHaveLength(1);
  });

  it('knows which kinds it serves', async () => {
    expect(await client.serves(deployments)).toBe(true);
    expect(await client.serves({ ...deployments, plural: 'nonsense' })).toBe(false);
    expect(await client.serves({ ...deployments, apiVersion: 'nobody.example/v1' })).toBe(false);
  });

  it('lets somebody else do what that one may, as the impersonated or by a token', async () => {
    const { kubeconfig, kubeconfigForAccount } = testKubernetes();
    const impersonate = { user: 'olga', groups: ['system:authenticated'] };
    const olga = createKubeClient({ access: { kubeconfigFile: kubeconfig }, clock, impersonate });
    const account = await kubeconfigForAccount({ namespace, name: 'default' });
    const pod = createKubeClient({ access: { kubeconfigFile: account }, clock });
    onTestFinished(() => [olga, pod].forEach((other) => other.close()));
    await expect(olga.list(configmaps, { namespace })).rejects.toMatchObject({ reason: 'Forbidden', retry: 'later' });
    const refused = pod.list(configmaps, { namespace });
    await expect(refused).rejects.toThrow(`system:serviceaccount:${namespace}:default`);
    expect(await olga.serves(deployments)).toBe(true);
  });

  it('scales, and gives fields up when they are not applied any more', async () => {
    const at = { namespace, name: 'app' };
    const { applyOwned } = createApplier({ client, fieldManager: 'me' });
    await applyOwned(deployments, deployment(namespace, { replicas: 2 }));
    expect((await client.setScale(deployments, at, 5)).spec.replicas).toBe(5);
    expect(await client.getScale(deployments, at)).toMatchObject({ spec: { replicas: 5 } });
    expect(await client.getScale(deployments, { namespace, name: 'none' })).toBeUndefined();
    const { object, result, forced } = await applyOwned(deployments, deployment(namespace));
    expect([result, forced, object.spec.replicas]).toEqual(['applied', undefined, 5]);
  });

  it('tells whose fields were taken, once', async () => {
    const { applyOwned } = createApplier({ client, fieldManager: 'me' });
    const wanted = configMap(namespace, 'contested', { mode: 'observe' });
    await applyOwned(configmaps, wanted);
    const theirs = { fieldManager: 'kubectl-edit', patch: { data: { mode: 'enforce' } } };
    const live = await client.mergePatch<ConfigMap>(configmaps, wanted.metadata as { name: string }, theirs);
    const { object, forced } = await applyOwned(configmaps, wanted, { live });
    expect(object.data).toEqual({ mode: 'observe' });
    expect(forced).toEqual({ fields: ['.data.mode'], managers: ['kubectl-edit'] });
    expect((await applyOwned(configmaps, wanted)).forced).toBeUndefined();
  });

  it('is not asked to apply what it shows already, though it writes some values its own way', async () => {
    const applied: string[] = [];
    const counting: Pick<KubeClient, 'apply'> = {
      apply: (resource, object, options) => {
        applied.push(object.metadata.name);
        return client.apply(resource, object, options);
      },
    };
    const wanted: Deployment = { ...deployment(namespace), metadata: { name: 'quantities', namespace } };
    const { applyOwned } = createApplier({ client: counting, fieldManager: 'me' });
    const { object } = await applyOwned(deployments, wanted);
    expect((await applyOwned(deployments, wanted, { live: object })).result).toBe('unchanged');
    expect(applied).toHaveLength(1);
    // Another process has to ask once, since `1000m` became `1`; it changes nothing.
    const other = createApplier({ client: counting, fieldManager: 'me' });
    const again = await other.applyOwned(deployments, wanted, { live: object });
    expect(again.object.metadata.generation).toBe(1);
    expect((await other.applyOwned(deployments, wanted, { live: again.object })).result).toBe('unchanged');
    expect(applied).toHaveLength(2);
  });

  it('keeps leases: one holder, then the next, and refuses times that are not exact', async () => {
    const short = { termMs: 3000, renewDeadlineMs: 2000, retryMs: 200 };
    const open = (holder: string) => createKubeLease({ client, namespace, holder, clock, log: heardLog(), ...short });
    const order: string[] = [];
    const stop = new AbortController();
    const work = (name: string, ms: number) => async (epoch: number) => {
      order.push(`${name} at ${epoch}`);
      await clock.sleep(ms);
      order.push(`${name} ends`);
    };
    const first = open('a').hold('work', work('a', 4000), stop.signal);
    await within(SOON_MS, async () => (order.length === 1 ? undefined : 'not begun'));
    await Promise.all([first, open('b').hold('work', work('b', 0), stop.signal)]);
    expect(order).toEqual(['a at 1', 'a ends', 'b at 2', 'b ends']);
    const lease = await client.get<LeaseObject>(leases, { namespace, name: 'work' });
    expect(lease?.spec?.renewTime).toMatch(/\.\d{6}Z$/);
    const inexact = { ...lease, spec: { ...lease?.spec, renewTime: new Date().toISOString() } } as LeaseObject;
    await expect(client.replace(leases, inexact)).rejects.toMatchObject({ status: 400 });
  });

  it('keeps events, and what happens again as a series', async () => {
    const regarding = await client.create(configmaps, configMap(namespace, 'eventful'));
    const log = heardLog();
    const reporter = { controller: 'chatwarden.io/test', instance: 'pod-1' };
    const recorder = createEventRecorder({ client, reporter, clock, log });
    const stop = new AbortController();
    const running = recorder.run(stop.signal);
    const facts = { type: 'Warning', reason: 'TopicFailed', action: 'CreateTopic', message: 'x'.repeat(2000) } as const;
    for (let times = 0; times < 3; times += 1) recorder.record(regarding, facts);
    const mine = { namespace, fieldSelector: `regarding.name=eventful` };
    await within(SOON_MS, async () => {
      const { items } = await client.list<KubeObject & { series?: { count: number } }>(events, mine);
      return items.length === 1 && items[0]?.series?.count === 3 ? undefined : JSON.stringify(items);
    });
    stop.abort();
    await running;
    expect(log.lines).toEqual([]);
    const told = await testKubernetes().kubectl(['describe', 'configmap', 'eventful', '--namespace', namespace]);
    expect(told).toMatch(/Warning\s+TopicFailed/);
  });

  it('shows an informer each object that there is, trimmed, and each change', async () => {
    const seen: string[] = [];
    const scope = { namespaces: [namespace], labelSelector: 'informed=yes' };
    const informer = createInformer<ConfigMap>({ client, resource: configmaps, ...scope, clock, log: heardLog() });
    informer.onChange(({ type, object }) => seen.push(`${type} ${object.metadata.name}`));
    const stop = new AbortController();
    const running = informer.run(stop.signal);
    const marks = { informed: 'yes' };
    await client.create(configmaps, labelled('before', marks));
    await informer.synced();
    await client.create(configmaps, labelled('after', marks));
    await client.delete(configmaps, { namespace, name: 'before' });
    await within(SOON_MS, async () => (seen.length === 3 ? undefined : String(seen)));
    expect(seen).toEqual(['added before', 'added after', 'deleted before']);
    expect(informer.get(namespace, 'after')?.metadata).not.toHaveProperty('managedFields');
    stop.abort();
    await running;
  });

  it('says where it is before it ends a watch in which nothing happened, so that nobody lists again', async () => {
    const registry = new Registry();
    const watched: string[] = [];
    const shortened: Pick<KubeClient, 'list' | 'watch' | 'serves'> = {
      ...client,
      watch: (resource, options) => {
        watched.push(options.resourceVersion);
        return client.watch(resource, { ...options, timeoutSeconds: 3 });
      },
    };
    const log = heardLog();
    const scope = { namespaces: [namespace], labelSelector: 'quiet=yes' };
    const informer = createInformer({ client: shortened, resource: configmaps, ...scope, clock, log, registry });
    const stop = new AbortController();
    const running = informer.run(stop.signal);
    await vi.waitFor(() => expect(watched).toHaveLength(1), SOON_MS);
    const { metadata } = await client.create(configmaps, configMap(namespace, 'of-nobodys-interest'));
    await vi.waitFor(() => expect(watched).toHaveLength(3), SOON_MS);
    stop.abort();
    await running;
    const [, second, third] = watched.map(Number);
    expect(second).toBeGreaterThanOrEqual(Number(metadata.resourceVersion));
    expect(third).toBeGreaterThanOrEqual(second ?? Infinity);
    expect(log.lines).toEqual([]);
    const text = await registry.metrics();
    expect(text).toContain('reflector_lists_total{name="configmaps"} 1');
    expect(text).not.toContain('reflector_failures_total{');
  });

  it('is told apart from nobody', async () => {
    const error = await client.get(configmaps, { namespace: 'nowhere', name: 'x' }).catch((reason: unknown) => reason);
    expect(error).toBeUndefined();
    const creating = client.create(configmaps, configMap('nowhere', 'x'));
    await expect(creating.catch((reason: unknown) => isKubeError(reason, 'NotFound'))).resolves.toBe(true);
  });
});
