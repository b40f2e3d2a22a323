/** A cache behind a proxy that breaks things, before a real API server: whatever happens, it becomes right again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chooseBackends } from '@chatwarden/testkit/backends';
import { hasKubernetes, testKubernetes } from '@chatwarden/testkit/kubernetes';
import { describe, expect, it, vi, type TestContext } from 'vitest';
import {
  createInformer,
  createKubeClient,
  RESOURCES,
  type Informer,
  type KubeClient,
  type KubeObject,
} from '../src/index.ts';
import { heardLog, kubeconfigFor } from './fake-api.ts';
import { startFaultyProxy, type FaultyProxy } from './faulty-proxy.ts';
import { realClock as clock, within } from './real-clock.ts';

const { configmaps } = RESOURCES;
/** What is promised, of an informer as it is by default. */
const RIGHT_WITHIN_MS = 30_000;
const LABELS = { app: 'watched' };
const TEST_MS = 120_000;

interface World {
  proxy: FaultyProxy;
  /** Past the proxy. */
  direct: KubeClient;
  /** What the informer asks through. */
  client: KubeClient;
  namespace: string;
  informer: Informer<KubeObject>;
  tokenFile: string;
  lines: string[];
  /** Changes of the cache, as `deleted gone`. */
  told: string[];
}

async function openWorld(kubeconfigFile: string, namespace: string, { onTestFinished }: TestContext): Promise<World> {
  const proxy = await startFaultyProxy(kubeconfigFile);
  const folder = mkdtempSync(join(tmpdir(), 'kube-proxy-'));
  const tokenFile = join(folder, 'token');
  writeFileSync(tokenFile, proxy.token);
  const direct = createKubeClient({ access: { kubeconfigFile }, clock, qps: 200, burst: 200 });
  const access = { kubeconfig: kubeconfigFor(proxy.url, { tokenFile }) };
  const client = createKubeClient({ access, clock, qps: 200, burst: 200 });
  const { lines, ...log } = heardLog();
  const informer = createInformer<KubeObject>({
    client,
    resource: configmaps,
    namespaces: [namespace],
    labelSelector: 'app=watched',
    clock,
    log,
  });
  const told: string[] = [];
  informer.onChange(({ type, object }) => told.push(`${type} ${object.metadata.name}`));
  const stop = new AbortController();
  const running = informer.run(stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await running;
    client.close();
    direct.close();
    await proxy.close();
    rmSync(folder, { recursive: true });
  });
  for (const name of ['stays', 'changes', 'gone', 'relabelled']) await put(direct, { namespace, name });
  await informer.synced();
  await within(RIGHT_WITHIN_MS, () => difference(direct, namespace, informer));
  // A fault before the watch is open would hit nothing.
  await vi.waitFor(() => expect(proxy.watches()).toBeGreaterThan(0), { timeout: RIGHT_WITHIN_MS });
  return { proxy, direct, client, namespace, informer, tokenFile, lines, told };
}

function put(
  client: KubeClient,
  { namespace, name }: { namespace: string; name: string },
  data: Record<string, string> = {},
) {
  const metadata = { name, namespace, labels: LABELS };
  return client.apply(configmaps, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data } as KubeObject, {
    fieldManager: 'test',
  });
}

/** Of everything that can be missed, one. */
async function changeAll({ direct, namespace }: World): Promise<void> {
  await put(direct, { namespace, name: 'changes' }, { now: 'different ✓' });
  await put(direct, { namespace, name: 'new' });
  await direct.delete(configmaps, { namespace, name: 'gone' });
  await direct.mergePatch(
    configmaps,
    { namespace, name: 'relabelled' },
    { patch: { metadata: { labels: { app: 'no' } } } },
  );
}

async function difference(direct: KubeClient, namespace: string, informer: Informer<KubeObject>) {
  const { items } = await direct.list(configmaps, { namespace, labelSelector: 'app=watched' });
  const [server, cache] = [versions(items), versions(informer.list())];
  return server === cache ? undefined : `the server has ${server}; the cache ${cache}`;
}

function versions(objects: readonly KubeObject[]): string {
  const told = objects.map(({ metadata: { name, resourceVersion } }) => `${name}@${resourceVersion}`);
  return told.toSorted().join(' ');
}

async function expectRight(world: World): Promise<void> {
  const { direct, namespace, informer } = world;
  const isRight = () => difference(direct, namespace, informer);
  await within(RIGHT_WITHIN_MS, isRight);
  expect(
    informer
      .list()
      .map(({ metadata }) => metadata.name)
      .toSorted(),
  ).toEqual(['changes', 'new', 'stays']);
  // What it missed was told all the same, once.
  for (const change of ['deleted gone', 'deleted relabelled', 'added new']) {
    expect(world.told.filter((told) => told === change)).toHaveLength(1);
  }
  // And it hears again of what comes now.
  await put(direct, { namespace, name: 'later' });
  await within(RIGHT_WITHIN_MS, isRight);
}

/** The client keeps it for its next request. */
async function waitingConnection({ client, namespace }: World): Promise<void> {
  await client.get(configmaps, { namespace, name: 'stays' });
}

interface Fault {
  /** What the log says when it has struck. */
  seen: RegExp;
  strike(world: World): Promise<void>;
}

const FAULTS: Record<string, Fault> = {
  'the connection is reset while things change': {
    seen: /aborted/,
    strike: async (world) => {
      world.proxy.reset();
      await changeAll(world);
    },
  },
  'the connection is reset again and again': {
    seen: /aborted|hang up/,
    strike: async (world) => {
      for (let times = 0; times < 5; times += 1) {
        world.proxy.reset();
        await sleep(200);
      }
      await changeAll(world);
    },
  },
  'the other end is silent for ever': {
    seen: /nothing was heard/,
    strike: async (world) => {
      world.proxy.freeze();
      await changeAll(world);
    },
  },
  'connections that wait for a request are dead, and a list is needed': {
    seen: /no answer in time/,
    strike: async (world) => {
      await waitingConnection(world);
      world.proxy.freeze('idle');
      world.proxy.expireWatches();
      await changeAll(world);
    },
  },
  'every connection is dead, those that wait for a request too': {
    seen: /nothing was heard/,
    strike: async (world) => {
      await waitingConnection(world);
      world.proxy.freeze();
      await changeAll(world);
    },
  },
  'every request fails for a while': {
    seen: /InternalError/,
    strike: async (world) => {
      const calm = world.proxy.storm();
      await changeAll(world);
      await sleep(4000);
      calm();
    },
  },
  'its place is forgotten, which a status says': {
    seen: /Expired/,
    strike: async (world) => {
      world.proxy.forgetWatches(2);
      await changeAll(world);
    },
  },
  'its place is forgotten, which an event says': {
    seen: /too old/,
    strike: async (world) => {
      world.proxy.expireWatches();
      await changeAll(world);
    },
  },
  'lists are slow, and one is needed': {
    seen: /too old/,
    strike: async (world) => {
      world.proxy.slowLists(3000);
      world.proxy.expireWatches();
      await changeAll(world);
    },
  },
  'its token expires': {
    seen: /aborted/,
    strike: async (world) => {
      writeFileSync(world.tokenFile, 'second');
      world.proxy.setToken('second');
      world.proxy.reset();
      await changeAll(world);
    },
  },
  'its token expires, and the next one comes late': {
    seen: /Unauthorized/,
    strike: async (world) => {
      world.proxy.setToken('third');
      world.proxy.reset();
      await changeAll(world);
      await sleep(2000);
      writeFileSync(world.tokenFile, 'third');
    },
  },
};

describe.skipIf(!hasKubernetes())('a cache is right within 30 s (needs Kubernetes)', () => {
  // Each waits for most of its time.
  it.concurrent.for(Object.entries(FAULTS))('when %s', { timeout: TEST_MS }, async ([, { strike, seen }], context) => {
    const { kubeconfig, makeNamespace } = testKubernetes();
    const world = await openWorld(kubeconfig, await makeNamespace(), context);
    await strike(world);
    await expectRight(world);
    // The cache may be right before the fault has been met, if the last change was quicker.
    await vi.waitFor(() => expect(world.lines.join('\n')).toMatch(seen), { timeout: RIGHT_WITHIN_MS });
  });

  it('when the API server restarts', { timeout: TEST_MS }, async (context) => {
    const server = await (await chooseBackends(process.env)).kubernetes();
    context.onTestFinished(() => server.remove());
    const world = await openWorld(server.kubeconfig, 'default', context);
    await server.apiServer.kill();
    await server.apiServer.start();
    await changeAll(world);
    await expectRight(world);
    expect(world.lines.length).toBeGreaterThan(0);
  });
});
