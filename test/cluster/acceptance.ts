/** What a platform team does with a TelegramGroup, on a node that runs its pods, with autoscalers that decide themselves. */
import { setTimeout as delay } from 'node:timers/promises';
import { createKafkaAdmin } from '@chatwarden/bus';
import { dedicatedTopic, policyFromPreset, type GroupId } from '@chatwarden/contracts';
import { systemClock } from '@chatwarden/daemon';
import { openStore, type PostgresStore } from '@chatwarden/store';
import { createMember, type Member } from '../platform/member.ts';
import { detectorPods, GROUP, owned, readyPods, status, TEAM } from './group-objects.ts';
import { installOperator, OPERATOR_IMAGE, type InstalledOperator } from './installed-operator.ts';
import { startTalk, type Talk } from './judged.ts';
import { shareFolder } from './shared-folder.ts';
import type { Cluster } from './start-cluster.ts';
import type { Step } from './timeline.ts';

export interface Acceptance {
  cluster: Cluster;
  databaseUrl: string;
  store?: PostgresStore;
  groupId?: GroupId;
  talk?: Talk;
  operator?: InstalledOperator;
  /** The shared ones, which run beside the cluster. */
  sharedDetectors?: Member;
}

const SYSTEM = 'chatwarden';
const CHAT_ID = -1_001_234_567_890;
const USER = 65_532;
const IMAGE = 'localhost/chatwarden/detector';
export const IMAGES = [
  { names: ['1', '2'].map((version) => `${IMAGE}:${version}`), service: 'alertd' },
  { names: [OPERATOR_IMAGE], service: 'operator' },
];
const BACKLOG = 60_000;
const PER_SECOND = 40;
const MINUTE_MS = 60_000;
const POLL_MS = 500;

export const ACCEPTANCE: readonly Step<Acceptance>[] = [
  { name: 'the operator is installed as it is shipped, and is ready', run: install },
  { name: 'an applied TelegramGroup gets detectors of its own', run: becomesDedicated },
  { name: 'what is said is judged', run: isJudged },
  { name: 'the autoscaler adds detectors while messages wait', run: scalesOut },
  { name: 'and takes them away when none do', run: scalesIn },
  { name: 'a detector that is killed costs nothing', run: survivesAKill },
  { name: 'when the operator that leads is killed -9, one leads again', run: survivesAKilledLeader },
  { name: 'a new operator restarts no detector', run: replacesOperator },
  { name: 'a new version takes over in one step', run: switches },
  { name: 'the group goes to the shared detectors', run: goesToShared },
  { name: 'and back to its own', run: comesBack },
  { name: 'the operator at rest writes nothing', run: rests },
  { name: 'deleting it leaves nothing', run: leavesNothing },
];

async function install(trial: Acceptance): Promise<string> {
  const { cluster, databaseUrl } = trial;
  const { kubectl, url } = cluster.kubernetes;
  const kafka = { KAFKA_BROKERS: cluster.kafka.brokers, KAFKA_REPLICATION: '1' };
  const settings = {
    ...kafka,
    CLAIMS: 'off',
    DETECTOR_IMAGE: IMAGE,
    DETECTOR_VERSION: '1',
    DETECTOR_PULL_POLICY: 'Never',
    DETECTOR_EGRESS_PORTS: new URL(databaseUrl).port,
    SCALE_UP_AFTER_SECONDS: '0',
    SCALE_DOWN_AFTER_SECONDS: '15',
    RETIRED_TOPIC_HOURS: '0',
  };
  trial.operator = await installOperator({ kubectl, namespace: SYSTEM, url, settings, databaseUrl });
  await kubectl(['create', 'namespace', TEAM]);
  await kubectl(['label', 'namespace', TEAM, 'pod-security.kubernetes.io/enforce=restricted']);
  const keys = await shareFolder(cluster.place, kubectl, { namespace: TEAM, name: 'chatwarden-keys', user: USER });
  const secret = ['create', 'secret', 'generic', 'chatwarden-detector', '--namespace', TEAM];
  await kubectl([...secret, `--from-literal=DATABASE_URL=${databaseUrl}`]);
  trial.sharedDetectors = await createMember({
    name: 'shared-detectors',
    service: 'alertd',
    dir: cluster.place.logs,
    env: { ...kafka, DATABASE_URL: databaseUrl, ROLES: 'detect', KEYS_DIR: keys },
  });
  trial.sharedDetectors.start();
  await trial.sharedDetectors.untilReady();
  return `${await untilLeader(trial)} leads; the shared detectors are there`;
}

async function becomesDedicated(trial: Acceptance): Promise<string> {
  const { cluster, databaseUrl } = trial;
  trial.store = await openStore({ url: databaseUrl, clock: systemClock() });
  const chat = { botId: 7_000_001, chatId: CHAT_ID, type: 'supergroup' as const, title: 'Balcony gardeners' };
  const known = await trial.store.groups.ensureGroup(chat, policyFromPreset('balanced', 'observe'));
  trial.groupId = known?.group.groupId ?? '';
  trial.talk = await startTalk({ brokers: cluster.kafka.brokers, store: trial.store, groupId: trial.groupId });
  await applyGroup(trial, {});
  await kubectlWait(trial, 'condition=Ready', GROUP);
  await untilSaid(trial, 'Reconciling', 'False');
  const listed = await cluster.kubernetes.kubectl(['get', 'tgg', GROUP, '--namespace', TEAM, '--no-headers']);
  return listed.trim().replaceAll(/\s+/g, ' ');
}

async function isJudged({ talk }: Acceptance): Promise<string> {
  await talk?.say(2000);
  return (await talk?.untilJudged(2 * MINUTE_MS)) ?? '';
}

async function scalesOut(trial: Acceptance): Promise<string> {
  await trial.talk?.say(BACKLOG);
  const replicas = await until(trial, async () => {
    const found = await readyPods(trial.cluster.kubernetes.kubectl, 'blue');
    return found > 2 ? found : undefined;
  });
  return `${replicas} are ready`;
}

async function scalesIn(trial: Acceptance): Promise<string> {
  const judged = (await trial.talk?.untilJudged(5 * MINUTE_MS)) ?? '';
  await until(trial, async () =>
    (await readyPods(trial.cluster.kubernetes.kubectl, 'blue')) === 2 ? true : undefined,
  );
  return judged;
}

async function survivesAKill(trial: Acceptance): Promise<string> {
  const { kubectl } = trial.cluster.kubernetes;
  trial.talk?.begin(PER_SECOND);
  const selector = `--selector=chatwarden.io/telegramgroup=${GROUP}`;
  const names = ['get', 'pods', selector, '--namespace', TEAM, '--output=jsonpath={.items[0].metadata.name}'];
  const doomed = await kubectl(names);
  await kubectl(['delete', 'pod', doomed, '--namespace', TEAM, '--grace-period=0', '--force']);
  await until(trial, async () =>
    (await readyPods(trial.cluster.kubernetes.kubectl, 'blue')) === 2 ? true : undefined,
  );
  await trial.talk?.end();
  return `${doomed}: ${await trial.talk?.untilJudged(2 * MINUTE_MS)}`;
}

async function survivesAKilledLeader(trial: Acceptance): Promise<string> {
  const { operator } = trial;
  const kubectl = trial.cluster.kubernetes.kubectl;
  const [detectors, first, term] = [await detectorPods(kubectl), await untilLeader(trial), await operator?.terms()];
  operator?.kill(first);
  const killedAt = performance.now();
  await until(trial, async () => ((await operator?.terms()) === term ? undefined : true));
  const seconds = (performance.now() - killedAt) / 1000;
  const second = await untilLeader(trial);
  await operator?.untilReady();
  await untilSaid(trial, 'Reconciling', 'False');
  expectSame(detectors, await detectorPods(kubectl));
  return `${second} leads after ${seconds.toFixed(1)} s, the detectors are the same`;
}

async function replacesOperator(trial: Acceptance): Promise<string> {
  const [detectors, before] = [await detectorPods(trial.cluster.kubernetes.kubectl), await trial.operator?.pods()];
  await trial.operator?.replace();
  const leader = await untilLeader(trial);
  if (before?.includes(leader)) throw new Error(`${leader} leads still`);
  await untilSaid(trial, 'Reconciling', 'False');
  expectSame(detectors, await detectorPods(trial.cluster.kubernetes.kubectl));
  return `${leader} leads, the detectors are the same`;
}

async function untilLeader(trial: Acceptance): Promise<string> {
  return until(trial, async () => trial.operator?.leader());
}

async function switches(trial: Acceptance): Promise<string> {
  trial.talk?.begin(PER_SECOND);
  await applyGroup(trial, { detector: { version: '2' }, rollout: { strategy: 'BlueGreen', soakSeconds: 10 } });
  await untilStatus(trial, 'activeColor', 'green');
  await untilSaid(trial, 'Reconciling', 'False');
  await until(trial, async () =>
    (await readyPods(trial.cluster.kubernetes.kubectl, 'blue')) === 0 ? true : undefined,
  );
  await trial.talk?.end();
  const judged = await trial.talk?.untilJudged(2 * MINUTE_MS);
  return `${await status(trial.cluster.kubernetes.kubectl, 'detectorVersion')} judges; ${judged}`;
}

async function goesToShared(trial: Acceptance): Promise<string> {
  trial.talk?.begin(PER_SECOND);
  await applyGroup(trial, { isolation: 'Shared' });
  await until(trial, async () => ((await owned(trial.cluster.kubernetes.kubectl)).length === 0 ? true : undefined));
  await untilSaid(trial, 'Reconciling', 'False');
  await trial.talk?.end();
  return (await trial.talk?.untilJudged(2 * MINUTE_MS)) ?? '';
}

async function comesBack(trial: Acceptance): Promise<string> {
  trial.talk?.begin(PER_SECOND);
  await applyGroup(trial, { detector: { version: '2' } });
  await until(trial, async () =>
    (await readyPods(trial.cluster.kubernetes.kubectl, 'green')) === 2 ? true : undefined,
  );
  await untilSaid(trial, 'Reconciling', 'False');
  await trial.talk?.end();
  return (await trial.talk?.untilJudged(2 * MINUTE_MS)) ?? '';
}

const REST_MS = 60_000;

async function rests(trial: Acceptance): Promise<string> {
  const { kubectl } = trial.cluster.kubernetes;
  const writes = async () => (await trial.operator?.writes()) ?? 0;
  const version = async () => {
    const path = '--output=jsonpath={.metadata.resourceVersion}';
    return kubectl(['get', 'tgg', GROUP, '--namespace', TEAM, path]);
  };
  const [before, firstVersion] = [await writes(), await version()];
  await delay(REST_MS);
  const [after, lastVersion] = [await writes(), await version()];
  if (firstVersion !== lastVersion) throw new Error('the TelegramGroup was written though nothing happened');
  // The lease is renewed, which is how the other one knows that somebody leads.
  const renewals = Math.ceil(REST_MS / 2000) + 2;
  if (after - before > renewals)
    throw new Error(`${after - before} writes, at most ${renewals} of which are the lease's`);
  return `${after - before} writes in ${REST_MS / 1000} s, all of the lease`;
}

async function leavesNothing(trial: Acceptance): Promise<string> {
  const { kubectl } = trial.cluster.kubernetes;
  await kubectl(['delete', 'tgg', GROUP, '--namespace', TEAM, '--timeout=120s']);
  await until(trial, async () => ((await owned(trial.cluster.kubernetes.kubectl)).length === 0 ? true : undefined));
  const connection = { brokers: [trial.cluster.kafka.brokers], clientId: 'acceptance', clock: systemClock() };
  const admin = createKafkaAdmin(connection);
  const topic = dedicatedTopic(trial.groupId ?? '');
  await until(trial, async () => ((await admin.describe([topic]))[0]?.partitions === 0 ? true : undefined));
  await admin.close();
  return `no object in ${TEAM}, and ${topic} is gone`;
}

function expectSame(before: string, after: string): void {
  if (before !== after) throw new Error(`detectors were restarted:\n${before}became\n${after}`);
}

async function applyGroup(trial: Acceptance, over: object): Promise<void> {
  const spec = {
    chatId: CHAT_ID,
    isolation: 'Dedicated',
    throughput: { messagesPerSecond: 500, burstFactor: 12 },
    autoscaling: { engine: 'KEDA', minReplicas: 2, lagSeconds: 1 },
    detector: { version: '1' },
    ...over,
  };
  const metadata = { name: GROUP, namespace: TEAM };
  const input = { apiVersion: 'chatwarden.io/v1alpha1', kind: 'TelegramGroup', metadata, spec };
  await trial.cluster.kubernetes.kubectl(['apply', '--server-side', '-f', '-'], { input });
}

async function kubectlWait({ cluster }: Acceptance, what: string, name: string): Promise<void> {
  const args = ['wait', `--for=${what}`, `tgg/${name}`, '--namespace', TEAM, '--timeout=180s'];
  await cluster.kubernetes.kubectl(args);
}

async function untilStatus(trial: Acceptance, field: string, wanted: string): Promise<void> {
  await until(trial, async () =>
    (await status(trial.cluster.kubernetes.kubectl, field)) === wanted ? true : undefined,
  );
}

/** Of the generation that was applied last. */
async function untilSaid(trial: Acceptance, type: string, wanted: string): Promise<void> {
  const { kubectl } = trial.cluster.kubernetes;
  await until(trial, async () => {
    const found = JSON.parse(await kubectl(['get', 'tgg', GROUP, '--namespace', TEAM, '--output=json'])) as {
      metadata: { generation: number };
      status?: { observedGeneration?: number; conditions?: { type: string; status: string }[] };
    };
    if (found.status?.observedGeneration !== found.metadata.generation) return undefined;
    return found.status.conditions?.find((one) => one.type === type)?.status === wanted ? true : undefined;
  });
}

const DEADLINE_MS = 4 * MINUTE_MS;

async function until<T>(trial: Acceptance, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline)
      throw new Error(
        `not within ${DEADLINE_MS / 1000} s; there are ${(await owned(trial.cluster.kubernetes.kubectl)).join(', ')}`,
      );
    await delay(POLL_MS);
  }
}

export async function endAcceptance({ talk, sharedDetectors, store }: Acceptance): Promise<void> {
  await talk?.close().catch(() => undefined);
  await sharedDetectors?.end('SIGTERM');
  await store?.close();
}
