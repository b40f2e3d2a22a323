/** Where the operator of a measurement works: a control plane, a database, perhaps a broker; pods get ready by themselves. */
import { randomBytes } from 'node:crypto';
import { systemClock } from '@chatwarden/daemon';
import { telegramGroupCrd } from '@chatwarden/contracts';
import { createInformer, createKubeClient, RESOURCES, type Informer, type KubeClient } from '@chatwarden/kube';
import { createDatabase, migrate, openStore, type PostgresStore } from '@chatwarden/store';
import { chooseBackends } from '@chatwarden/testkit/backends';
import { startKubelet } from '../../../operator/test/stand-in-kubelet.ts';
import type { Autoscaler, SeenGroup } from './edits.ts';
import { namespaceOf, type Population } from './telegram-groups.ts';

export interface Cluster {
  client: KubeClient;
  store: PostgresStore;
  groups: Informer<SeenGroup>;
  autoscalers: Informer<Autoscaler>;
  /** For the operator. */
  env: Readonly<Record<string, string>>;
  pids: Readonly<Record<string, number | undefined>>;
  remove(): Promise<void>;
}

/** As a cluster has it by default; testkit's looks every second. */
const LIKE_A_CLUSTER = { controllerManager: ['--horizontal-pod-autoscaler-sync-period=15s'] };
/** Of the harness, which is many people and all nodes. */
const QPS = 2000;

export async function startCluster(population: Population, { kafka: withKafka }: { kafka: boolean }): Promise<Cluster> {
  const backends = await chooseBackends(process.env);
  const clock = systemClock();
  const [kubernetes, postgres, kafka] = await Promise.all([
    backends.kubernetes({ more: LIKE_A_CLUSTER }),
    backends.postgres({ forLoad: true }),
    withKafka ? backends.kafka({ forLoad: true }) : undefined,
  ]);
  const databaseUrl = await createDatabase(postgres.url, { name: `chatwarden_${randomBytes(4).toString('hex')}` });
  await migrate(databaseUrl);
  const store = await openStore({ url: databaseUrl, clock });
  const access = { kubeconfigFile: kubernetes.kubeconfig };
  const client = createKubeClient({ access, clock, qps: QPS, burst: QPS });
  await kubernetes.kubectl(['apply', '--server-side', '-f', '-'], { input: telegramGroupCrd() });
  await kubernetes.kubectl(['wait', '--for=condition=Established', 'crd/telegramgroups.chatwarden.io']);
  const namespaces = Array.from({ length: population.namespaces }, (_, n) => namespaceOf(n, population));
  for (const name of namespaces) await kubernetes.kubectl(['create', 'namespace', name]);
  const kubelets = namespaces.map((namespace) => startKubelet(client, namespace));

  const watched = { client, clock, log: SILENT };
  const groups = createInformer<SeenGroup>({ ...watched, resource: RESOURCES.telegramgroups });
  const autoscalers = createInformer<Autoscaler>({ ...watched, resource: RESOURCES.horizontalpodautoscalers });
  const stopping = new AbortController();
  const watching = [groups, autoscalers].map((informer) => informer.run(stopping.signal));

  async function remove(): Promise<void> {
    stopping.abort();
    await Promise.all([...watching, ...kubelets.map((kubelet) => kubelet.stop())]);
    client.close();
    await store.close();
    await Promise.all([kubernetes.remove(), postgres.remove(), kafka?.remove()]);
  }

  return {
    client,
    store,
    groups,
    autoscalers,
    env: {
      KUBECONFIG: kubernetes.kubeconfig,
      DATABASE_URL: databaseUrl,
      KAFKA_BROKERS: kafka?.brokers ?? 'kafka:9092',
      KAFKA_PREFIX: 'load-',
      KAFKA_REPLICATION: '1',
      DETECTOR_IMAGE: 'chatwarden/detector',
      DETECTOR_VERSION: '1.0.0',
      CLAIMS: 'off',
    },
    pids: { 'API server': kubernetes.apiServer.pid(), etcd: kubernetes.etcd.pid() },
    remove,
  };
}

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
