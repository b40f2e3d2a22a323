/** The operator as a process of its own: opens its ports, waits to lead, and ends when it does not lead any more. */
import { createConfiguredAdmin } from '@chatwarden/bus';
import { Failure } from '@chatwarden/contracts';
import type { ServiceFrame } from '@chatwarden/daemon';
import { createEventRecorder, createKubeClient, createKubeLease, RESOURCES } from '@chatwarden/kube';
import { openConfiguredStore } from '@chatwarden/store';
import { openCaches } from './caches.ts';
import { clusterOf } from './cluster-of.ts';
import { namespacesOf, type OperatorConfig } from './config.ts';
import { lead } from './runtime/index.ts';
import { createTopicDoor } from './telegramgroup/topic-door.ts';
import { wire } from './wire.ts';

/** The same for all versions, so that never two of them work. */
const LEASE = 'chatwarden-operator';

export async function start(frame: ServiceFrame<OperatorConfig>): Promise<{ work: Promise<void> }> {
  const { config, clock, log, metrics, lifecycle, signal, instance, open, readyWhen } = frame;
  const { registry } = metrics;
  const client = createKubeClient({
    access: { default: true },
    clock,
    qps: config.KUBE_QPS,
    burst: config.KUBE_BURST,
    userAgent: 'chatwarden-operator',
    registry,
  });
  lifecycle.onStop('API server', () => client.close());
  await open('the API server', () => requireKind(client));
  const store = await open('PostgreSQL', () => openConfiguredStore(config, { clock, log, holder: instance }));
  lifecycle.onStop('store', () => store.close());
  const admin = createConfiguredAdmin(config, { clientId: instance, clock, log });
  lifecycle.onStop('Kafka', () => admin.close());
  const topics = createTopicDoor({ admin, replication: config.KAFKA_REPLICATION });
  const reporter = { controller: 'chatwarden.io/operator', instance };
  const events = createEventRecorder({ client, reporter, clock, log, registry });
  const telling = events.run(signal);
  lifecycle.onStop('events', () => telling);
  const caches = openCaches({ client, namespaces: namespacesOf(config), clock, log, registry });
  const botNamespace = config.BOT_NAMESPACE ?? client.namespace;
  const cluster = config.CLUSTER ?? (await open('the name of the cluster', () => clusterOf(client)));
  if (cluster === undefined)
    log.warn('nobody says which cluster this is (CLUSTER): groups of TelegramGroups that go by force stay as they are');
  const ports = { client, caches, store, topics, events, clock, log, registry, botNamespace, cluster };
  const operator = wire(ports, config);
  const watching = Promise.all(caches.all.map((cache) => cache.run(signal)));
  lifecycle.onStop('watches', async () => void (await watching));
  readyWhen('caches', () => {
    if (!caches.all.every((cache) => cache.hasSynced())) throw new Error('the cluster has not been listed yet');
  });
  const lease = createKubeLease({
    client,
    namespace: config.LEASE_NAMESPACE ?? client.namespace,
    holder: instance,
    clock,
    log,
  });
  const { lead: run, controller } = operator;
  const alive = () => controller.alive();
  const leading = { lease, name: LEASE, alive, clock, log, registry };
  const work = lead({ ...leading, run: (_, over) => run(over) }, signal);
  lifecycle.onStop('work', () => work.catch(() => undefined));
  return { work };
}

/** A cluster without our kind has nothing to reconcile: it is waited for, since somebody is just about to install it. */
async function requireKind(client: ReturnType<typeof createKubeClient>): Promise<void> {
  if (await client.serves(RESOURCES.telegramgroups)) return;
  const message = 'this cluster does not know TelegramGroups: install the chart chatwarden-crds';
  throw new Failure('kindMissing', 'later', { message });
}
