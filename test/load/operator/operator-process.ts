/**
 * The operator as process.ts puts it together, but for its lease, with counted requests and mixed topics. Says how it is
 * whenever the harness asks, over the channel that it was started with.
 */
import { getHeapStatistics } from 'node:v8';
import { createConfiguredAdmin } from '@chatwarden/bus';
import { dedicatedTopic } from '@chatwarden/contracts';
import { createLogger, createMetrics, systemClock } from '@chatwarden/daemon';
import { createEventRecorder, createKubeClient } from '@chatwarden/kube';
import { openConfiguredStore } from '@chatwarden/store';
import { openCaches } from '../../../operator/src/caches.ts';
import { namespacesOf, readOperatorConfig } from '../../../operator/src/config.ts';
import { createTopicDoor } from '../../../operator/src/telegramgroup/topic-door.ts';
import { wire } from '../../../operator/src/wire.ts';
import { groupIdOf } from './chats.ts';
import { countRequests } from './count-requests.ts';
import type { Look } from './look.ts';
import { mixTopics } from './mixed-topics.ts';

const MIB = 2 ** 20;
const INSTANCE = 'operator-load';

const config = readOperatorConfig();
const clock = systemClock();
const service = { name: 'operator', version: '0', environment: 'load', node: { name: INSTANCE } };
const { registry } = createMetrics({ service, processMetrics: false });
const log = createLogger({ service, level: 'warn' });
const stopping = new AbortController();
let works = false;
let isIdle = () => false;
let heapPeakMb = 0;

const access = { kubeconfigFile: process.env['KUBECONFIG'] ?? '' };
const limits = { qps: config.KUBE_QPS, burst: config.KUBE_BURST };
const { client, requests } = countRequests(
  createKubeClient({ access, clock, ...limits, userAgent: 'chatwarden-operator', registry }),
);
const realTopics = new Set(
  Array.from({ length: Number(process.env['REAL_TOPICS'] ?? 0) }, (_, n) => dedicatedTopic(groupIdOf(n))),
);
const admin = createConfiguredAdmin(config, { clientId: INSTANCE, clock, log });
const real = createTopicDoor({ admin, replication: 1 });
const { topics, calls: topicCalls } = mixTopics({
  ...(realTopics.size === 0 ? {} : { real }),
  isReal: (topic) => realTopics.has(topic),
});

process.on('message', () => void look().then((answer) => process.send?.(answer)));
process.once('SIGTERM', () => stopping.abort());
process.once('disconnect', () => stopping.abort());
const sampling = setInterval(() => (heapPeakMb = Math.max(heapPeakMb, heapMb())), 1000);

const store = await openConfiguredStore({ ...config, MIGRATE: false }, { clock, log, holder: INSTANCE });
const reporter = { controller: 'chatwarden.io/operator', instance: INSTANCE };
const events = createEventRecorder({ client, reporter, clock, log, registry });
const telling = events.run(stopping.signal);
const caches = openCaches({ client, namespaces: namespacesOf(config), clock, log, registry });
const ports = { client, caches, store, topics, events, clock, log, registry, botNamespace: 'default', cluster: 'load' };
const { lead, controller } = wire(ports, config);
isIdle = controller.isIdle;
const watching = caches.all.map((cache) => cache.run(stopping.signal));
await Promise.all(caches.all.map((cache) => cache.synced(stopping.signal)));
works = true;
await lead(stopping.signal);
await Promise.all([...watching, telling]);
clearInterval(sampling);
await admin.close();
await store.close();
client.close();
if (process.connected) process.disconnect();

function heapMb(): number {
  return getHeapStatistics().used_heap_size / MIB;
}

async function look(): Promise<Look> {
  return {
    works,
    isIdle: isIdle(),
    reconciles: (await sum('controller_runtime_reconcile_total')).all,
    requests,
    methods: (await sum('rest_client_requests_total', 'method')).by,
    topicCalls,
    events: (await sum('kube_events_total', 'result')).by,
    reconcileSeconds: (await sum('controller_runtime_reconcile_time_seconds')).all,
    limiterSeconds: (await sum('rest_client_rate_limiter_duration_seconds')).all,
    heapMb: heapMb(),
    heapPeakMb,
  };
}

/** Of a counter its counts, of a histogram what was observed. */
async function sum(name: string, label = ''): Promise<{ all: number; by: Record<string, number> }> {
  const by: Record<string, number> = {};
  const { values = [] } = (await registry.getSingleMetric(name)?.get()) ?? {};
  for (const { value, labels, ...rest } of values) {
    const metricName = 'metricName' in rest ? rest.metricName : name;
    if (metricName !== name && metricName !== `${name}_sum`) continue;
    const key = `${(labels as Record<string, string | number | undefined>)[label] ?? ''}`;
    by[key] = (by[key] ?? 0) + value;
  }
  return { all: Object.values(by).reduce((total, value) => total + value, 0), by };
}
