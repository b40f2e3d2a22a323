/** An operator at work in a namespace of its own: a real API server and PostgreSQL, stand-ins for nodes and Kafka. */
import {
  policyFromPreset,
  type Clock,
  type Colour,
  type TelegramGroup,
  type TelegramGroupSpec,
} from '@chatwarden/contracts';
import { createLogger, createMetrics, systemClock } from '@chatwarden/daemon';
import { createKubeClient, RESOURCES, type KubeClient, type KubeObject } from '@chatwarden/kube';
import { openStore, type PostgresStore } from '@chatwarden/store';
import { testKubernetes, type TestKubernetes } from '@chatwarden/testkit/kubernetes';
import { createTestDatabase } from '@chatwarden/testkit/postgres';
import type { Registry } from 'prom-client';
import { telegramGroupCrd, TELEGRAM_GROUP } from '@chatwarden/contracts';
import { openCaches } from '../src/caches.ts';
import { readOperatorConfig } from '../src/config.ts';
import { deploymentName } from '../src/desired/names.ts';
import type { Deployment } from '../src/telegramgroup/detectors.ts';
import type { TopicDoor } from '../src/telegramgroup/ports.ts';
import type { ToldEvent } from '../src/telegramgroup/tell-changes.ts';
import { wire, type Operator } from '../src/wire.ts';
import { recordTopics, type RecordedTopics } from './recorded-topics.ts';
import { startKubelet, type StandInKubelet } from './stand-in-kubelet.ts';

export interface World {
  namespace: string;
  databaseUrl: string;
  client: KubeClient;
  store: PostgresStore;
  topics: RecordedTopics;
  kubelet: StandInKubelet;
  /** A chat that the bot has seen, and its group. */
  seeChat(chatId?: number): Promise<{ groupId: string; chatId: number }>;
  apply(name: string, spec: Partial<TelegramGroupSpec>, annotations?: Record<string, string>): Promise<TelegramGroup>;
  group(name: string): Promise<TelegramGroup | undefined>;
  deployment(name: string, colour: Colour): Promise<Deployment | undefined>;
  /** The reason of a condition as `True/Reason`. */
  condition(name: string, type: string): Promise<string | undefined>;
  /** Begins an operator; several stand for several processes. By default it may do everything; `as` is a kubeconfig. */
  startOperator(over?: Record<string, string>, as?: string): Promise<RunningOperator>;
  close(): Promise<void>;
}

export interface RunningOperator {
  operator: Operator;
  registry: Registry;
  /** Requests that write, by method and path, since the last call. */
  writes(): string[];
  /** As `name Type Reason`, since the last call. */
  events(): string[];
  stop(): Promise<void>;
}

const SETTINGS = {
  DATABASE_URL: 'postgres://unused',
  KAFKA_BROKERS: 'kafka:9092',
  DETECTOR_IMAGE: 'chatwarden/detector',
  DETECTOR_VERSION: '1.0.0',
  CLAIMS: 'off',
};

let chats = 0;

export interface WorldOptions {
  topics?: TopicDoor;
  /** For what concerns a whole cluster; the shared one of the run when absent. */
  kubernetes?: Pick<TestKubernetes, 'kubeconfig' | 'makeNamespace'>;
  clock?: Clock;
}

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const { kubeconfig, makeNamespace } = options.kubernetes ?? testKubernetes();
  const { topics: given, clock = systemClock() } = options;
  const client = createKubeClient({ access: { kubeconfigFile: kubeconfig }, clock, qps: 500, burst: 500 });
  await installKind(client);
  const namespace = await makeNamespace();
  const database = await createTestDatabase();
  const store = await openStore({ url: database.url, clock });
  const kubelet = startKubelet(client, namespace);
  const running = new Set<RunningOperator>();

  const get = <T extends KubeObject>(resource: (typeof RESOURCES)[keyof typeof RESOURCES], name: string) =>
    client.get<T>(resource, { name, namespace });
  const group = (name: string) => get<TelegramGroup & KubeObject>(RESOURCES.telegramgroups, name);
  const deployment = (name: string, colour: Colour) =>
    get<Deployment>(RESOURCES.deployments, deploymentName({ metadata: { name, namespace, uid: '' } }, colour));

  /** Detectors consume when they are ready and the gate names their colour. */
  async function consumers(groupId: string): Promise<Record<Colour, number>> {
    const { items } = await client.list<TelegramGroup & KubeObject>(RESOURCES.telegramgroups, { namespace });
    const name = items.find(({ status }) => status?.groupId === groupId)?.metadata.name ?? '';
    const colour = (await store.gates.gateOf(groupId))?.colour ?? 'blue';
    const ready = (await deployment(name, colour))?.status?.readyReplicas ?? 0;
    return { blue: 0, green: 0, [colour]: ready };
  }
  const topics = recordTopics((topic) => consumers(topic.slice('events.g.'.length)));

  async function seeChat(chatId = -1_002_000_000_000 - (chats += 1)) {
    const seen = { botId: 7_000_001, chatId, type: 'supergroup' as const, title: 'Balcony gardeners' };
    const known = await store.groups.ensureGroup(seen, policyFromPreset('balanced', 'observe'));
    return { groupId: known?.group.groupId ?? '', chatId };
  }

  async function apply(name: string, spec: Partial<TelegramGroupSpec>, annotations: Record<string, string> = {}) {
    const { apiVersion, kind } = TELEGRAM_GROUP;
    const object = { apiVersion, kind, metadata: { name, namespace, annotations }, spec } as unknown as KubeObject;
    const applied = await client.apply(RESOURCES.telegramgroups, object, { fieldManager: 'kubectl', force: true });
    return applied as unknown as TelegramGroup;
  }

  async function startOperator(over: Record<string, string> = {}, as = kubeconfig): Promise<RunningOperator> {
    const config = readOperatorConfig({ ...SETTINGS, WATCH_NAMESPACES: namespace, ...over });
    const service = { name: 'operator', version: '0', environment: 'test', node: { name: 'test' } };
    const metrics = createMetrics({ service, processMetrics: false });
    const log = createLogger({ service, level: 'error', format: 'json' });
    const written: string[] = [];
    const own = recordWrites(
      createKubeClient({
        access: { kubeconfigFile: as },
        clock,
        qps: 200,
        burst: 200,
        registry: metrics.registry,
      }),
      written,
    );
    const told: string[] = [];
    const events = {
      record: ({ metadata }: KubeObject, { type, reason }: ToldEvent) =>
        void told.push(`${metadata.name} ${type} ${reason}`),
    };
    const caches = openCaches({ client: own, namespaces: [namespace], clock, log, registry: metrics.registry });
    const ports = {
      client: own,
      caches,
      store,
      topics: given ?? topics,
      events,
      clock,
      log,
      registry: metrics.registry,
    };
    const operator = wire({ ...ports, botNamespace: namespace, cluster: 'test' }, config);
    const stopping = new AbortController();
    const watching = caches.all.map((cache) => cache.run(stopping.signal));
    await Promise.all(caches.all.map((cache) => cache.synced(stopping.signal)));
    const leading = operator.lead(stopping.signal);
    const one: RunningOperator = {
      operator,
      registry: metrics.registry,
      writes: () => written.splice(0),
      events: () => told.splice(0),
      stop: async () => {
        running.delete(one);
        stopping.abort();
        await Promise.all([leading, ...watching]);
        own.close();
      },
    };
    running.add(one);
    return one;
  }

  async function condition(name: string, type: string): Promise<string | undefined> {
    const found = (await group(name))?.status?.conditions?.find((one) => one.type === type);
    return found && `${found.status}/${found.reason}`;
  }

  /** Their controllers would go on with what is left, for as long as the run lasts. */
  async function clear(): Promise<void> {
    const { items } = await client.list<KubeObject>(RESOURCES.telegramgroups, { namespace });
    for (const { metadata } of items) {
      const at = { name: metadata.name, namespace };
      await client.mergePatch(RESOURCES.telegramgroups, at, { patch: { metadata: { finalizers: null } } });
      await client.delete(RESOURCES.telegramgroups, at);
    }
    for (const path of ['autoscaling/v2', 'apps/v1'].map((group) => `/apis/${group}/namespaces/${namespace}`)) {
      const plural = path.includes('apps') ? 'deployments' : 'horizontalpodautoscalers';
      await client.request({ method: 'DELETE', path: `${path}/${plural}` });
    }
  }

  async function close(): Promise<void> {
    await Promise.all([...running].map((one) => one.stop()));
    await clear();
    await kubelet.stop();
    await store.close();
    await database.drop();
    client.close();
  }

  return {
    namespace,
    databaseUrl: database.url,
    client,
    store,
    topics,
    kubelet,
    seeChat,
    apply,
    group,
    deployment,
    condition,
    startOperator,
    close,
  };
}

/** For all tests of the run; harmless when repeated. */
export async function installKind(client: KubeClient): Promise<void> {
  const crd = telegramGroupCrd() as unknown as KubeObject;
  await client.apply(RESOURCES.customresourcedefinitions, crd, { fieldManager: 'test', force: true });
  const path = `/apis/${TELEGRAM_GROUP.apiVersion}/${TELEGRAM_GROUP.plural}?limit=1`;
  for (let tries = 0; tries < 100; tries += 1) {
    const served = await client.request({ method: 'GET', path }).then(
      () => true,
      () => false,
    );
    if (served) return;
    await systemClock().sleep(100);
  }
  throw new Error('the API server does not serve TelegramGroups');
}

const WRITES = ['apply', 'applyStatus', 'create', 'replace', 'mergePatch', 'delete', 'setScale'] as const;

/** What this client writes, as a caller sees it: reading costs the cluster less, and is not what must be quiet. */
function recordWrites(client: KubeClient, written: string[]): KubeClient {
  const recorded = { ...client };
  for (const verb of WRITES) {
    const original = client[verb] as (...args: unknown[]) => Promise<unknown>;
    const noting = (...args: unknown[]) => {
      const [resource, at] = args as [{ plural: string }, { name?: string; metadata?: { name: string } }];
      written.push(`${verb} ${resource.plural} ${at.metadata?.name ?? at.name ?? ''}`);
      return original(...args);
    };
    Object.assign(recorded, { [verb]: noting });
  }
  return recorded;
}
