/** What the node must be able to do before the operator is judged on it. */
import { setTimeout as delay } from 'node:timers/promises';
import { createKafkaAdmin, createKafkaBus } from '@chatwarden/bus';
import { systemClock } from '@chatwarden/daemon';
import { anEvent, GROUP_ID } from '@chatwarden/testkit';
import { detectors, idlers, lagScaler, NAMESPACE, USER } from './manifests.ts';
import { shareFolder } from './shared-folder.ts';
import type { Cluster } from './start-cluster.ts';
import type { Step } from './timeline.ts';

export interface Trial {
  cluster: Cluster;
  databaseUrl: string;
}

export const IMAGES = ['localhost/chatwarden/detector:1', 'localhost/chatwarden/detector:2'];

const TOPIC = `events.g.${GROUP_ID}` as const;
const EVENTS = 3000;
const EVENTS_PER_POD = 700;
const PODS_BY_LAG = Math.ceil(EVENTS / EVENTS_PER_POD);
const SETTINGS = { ROLES: 'detect', EVENTS_OF: GROUP_ID, KAFKA_REPLICATION: '1' };
const IN_NAMESPACE = ['--namespace', NAMESPACE];
const SCALED_DEADLINE_MS = 120_000;
const POLL_MS = 1000;

export const TRIAL: readonly Step<Trial>[] = [
  { name: 'events of a group wait in Kafka', run: eventsWait },
  { name: 'two detectors are ready, on Kafka and PostgreSQL', run: detectorsAreReady },
  { name: 'a detector that was deleted is replaced', run: deletedIsReplaced },
  { name: 'what pods print can be read', run: logsAreRead },
  { name: "KEDA scales out by the lag of a group that doesn't read", run: scalesByLag },
];

async function eventsWait({ cluster }: Trial): Promise<string> {
  const connection = { brokers: [cluster.kafka.brokers], clientId: 'trial', clock: systemClock() };
  const admin = createKafkaAdmin(connection);
  await admin.ensureTopics({ topics: [TOPIC], replication: 1 });
  await admin.close();
  const bus = createKafkaBus(connection);
  const events = Array.from({ length: EVENTS }, (_, index) => anEvent({ message: { messageId: index + 1 } }));
  await bus.publish(TOPIC, events);
  await bus.close();
  return `${EVENTS} in ${TOPIC}`;
}

async function detectorsAreReady({ cluster, databaseUrl }: Trial): Promise<string> {
  const { kubectl } = cluster.kubernetes;
  await kubectl(['create', 'namespace', NAMESPACE]);
  await shareFolder(cluster.place, kubectl, { namespace: NAMESPACE, name: 'keys', user: USER });
  const database = `--from-literal=DATABASE_URL=${databaseUrl}`;
  await kubectl(['create', 'secret', 'generic', 'database', database, ...IN_NAMESPACE]);
  const input = detectors({
    image: IMAGES[0] ?? '',
    replicas: 2,
    settings: { ...SETTINGS, KAFKA_BROKERS: cluster.kafka.brokers },
    secret: 'database',
    keysClaim: 'keys',
  });
  await kubectl(['apply', '--server-side', '-f', '-'], { input });
  await kubectl(['rollout', 'status', 'deployment/detectors', '--timeout=180s', ...IN_NAMESPACE]);
  return (await podNames(cluster, 'detectors')).join(', ');
}

async function deletedIsReplaced({ cluster }: Trial): Promise<string> {
  const { kubectl } = cluster.kubernetes;
  const [doomed = ''] = await podNames(cluster, 'detectors');
  await kubectl(['delete', `pod/${doomed}`, '--wait=true', ...IN_NAMESPACE]);
  await kubectl(['rollout', 'status', 'deployment/detectors', '--timeout=180s', ...IN_NAMESPACE]);
  const names = await podNames(cluster, 'detectors');
  if (names.includes(doomed) || names.length !== 2) throw new Error(`pods are ${names.join(', ')}`);
  return `${doomed} is gone, there are ${names.join(', ')}`;
}

async function logsAreRead({ cluster }: Trial): Promise<string> {
  const args = ['logs', '--selector=app.kubernetes.io/name=detectors', '--tail=-1', ...IN_NAMESPACE];
  const printed = await cluster.kubernetes.kubectl(args);
  if (!printed.includes('alertd is at work')) throw new Error(`detectors said: ${printed}`);
  return `${printed.split('\n').length} lines`;
}

async function scalesByLag({ cluster }: Trial): Promise<string> {
  const { kubectl } = cluster.kubernetes;
  const trigger = {
    bootstrapServers: cluster.kafka.brokers,
    topic: TOPIC,
    consumerGroup: 'nobody',
    lagThreshold: String(EVENTS_PER_POD),
  };
  const items = [idlers('idlers', 1), lagScaler('idlers', trigger, PODS_BY_LAG + 1)];
  await kubectl(['apply', '--server-side', '-f', '-'], { input: { apiVersion: 'v1', kind: 'List', items } });
  const deadline = performance.now() + SCALED_DEADLINE_MS;
  for (;;) {
    const path = '--output=jsonpath={.status.readyReplicas}';
    const ready = await kubectl(['get', 'deployment/idlers', path, ...IN_NAMESPACE]);
    if (ready === String(PODS_BY_LAG)) return `${EVENTS} events, ${EVENTS_PER_POD} for each pod: ${ready} pods`;
    if (performance.now() > deadline) throw new Error(`${ready} of ${PODS_BY_LAG} pods are ready`);
    await delay(POLL_MS);
  }
}

async function podNames({ kubernetes }: Cluster, name: string): Promise<string[]> {
  const selected = [`--selector=app.kubernetes.io/name=${name}`, '--output=jsonpath={.items[*].metadata.name}'];
  return (await kubernetes.kubectl(['get', 'pods', ...selected, ...IN_NAMESPACE])).split(' ').toSorted();
}
