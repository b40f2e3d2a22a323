/** The Deployments of a dedicated group and what belongs to them; which colour consumes. */
import type { Colour, GroupId, Millis, TelegramGroup } from '@chatwarden/contracts';
import { dedicatedTopic, messageOf } from '@chatwarden/contracts';
import { RESOURCES, type KubeClient } from '@chatwarden/kube';
import type { SettingsCache, Store } from '@chatwarden/store';
import { buildConfigMap } from '../../desired/config-map.ts';
import { buildDeployment, revisionOf, type DeploymentOptions } from '../../desired/deployment.ts';
import { buildDisruptionBudget } from '../../desired/disruption-budget.ts';
import type { Installation } from '../../desired/installation.ts';
import { buildPodMonitor, buildPrometheusRule } from '../../desired/monitoring.ts';
import type { Manifest } from '../../desired/manifest.ts';
import { ANNOTATIONS, deploymentName } from '../../desired/names.ts';
import { buildNetworkPolicy } from '../../desired/network-policy.ts';
import { buildServiceAccount } from '../../desired/service-account.ts';
import { sizingOf } from '../../desired/sizing.ts';
import type { GroupObjects } from '../group-objects.ts';
import { COLOURS, deploymentsOf, factsOf, runningWith, type Deployment, type Deployments } from '../detectors.ts';
import type { TopicDoor } from '../ports.ts';
import { planRollout, type RolloutPlan } from '../rollout/plan-rollout.ts';
import type { Rollouts } from '../rollout/rollouts.ts';
import { say, unknown, yes, no, type Step, type Work } from '../work.ts';
import { pruneConfigMaps } from '../prune-config-maps.ts';

export interface RunDetectorsDeps {
  client: Pick<KubeClient, 'setScale'>;
  objects: GroupObjects;
  installation: Installation;
  store: Pick<Store, 'gates'>;
  settings: Pick<SettingsCache, 'gateOf' | 'refreshTo'>;
  topics: Pick<TopicDoor, 'members'>;
  rollouts: Rollouts;
  /** Others that waited for a place among those that roll. */
  wake(keys: readonly string[]): void;
  /** Why pods are not ready, in words. */
  whyNotReady(group: TelegramGroup): Promise<string>;
}

const SOAK_SECONDS = 300;
const LOOK_AGAIN_MS = 3000;

export function createRunDetectors(deps: RunDetectorsDeps): Step {
  const { objects, installation, store, settings, client } = deps;

  return async (work) => {
    const { group, chat, partitions } = work;
    if (work.place !== 'Dedicated' || !chat || partitions === undefined) return 'next';
    work.sizing = sizingOf(group.spec, partitions);
    const live = deploymentsOf(group, (namespace, name) => objects.find<Deployment>('Deployment', { namespace, name }));
    const wanted = await applyBelongings(work, chat.groupId);
    const plan = await planFor(work, live, wanted);
    work.rollout = plan;
    for (const colour of plan.renew) await applyDetectors(group, live[colour], { ...wanted, colour });
    for (const colour of COLOURS) await setReplicas(group, live[colour], { colour, replicas: plan.replicas[colour] });
    if (plan.active !== (settings.gateOf(chat.groupId) ?? 'blue')) {
      const { revision } = await store.gates.setGate(chat.groupId, plan.active);
      await settings.refreshTo(revision);
    }
    for (const colour of plan.remove) await objects.remove('Deployment', at(group, colour));
    await pruneConfigMaps(objects, group, { keep: [wanted.configMap, ...keptBy(live, plan)] });
    tell(work, live, plan);
    await tellAvailability(work, live[plan.active]);
    return 'next';
  };

  async function applyBelongings(work: Work, groupId: GroupId): Promise<Omit<DeploymentOptions, 'colour'>> {
    const { group } = work;
    const configMap = buildConfigMap(group, groupId, installation);
    const belongings = [
      buildServiceAccount(group),
      buildNetworkPolicy(group, installation),
      buildDisruptionBudget(group),
      ...(objects.knows('PodMonitor') ? [buildPodMonitor(group)] : []),
      ...(objects.knows('PrometheusRule') ? [buildPrometheusRule(group)] : []),
    ];
    for (const manifest of belongings) await objects.apply(manifest);
    // It cannot be changed, and need not be.
    const { namespace, name } = configMap.metadata;
    if (!objects.find('ConfigMap', { namespace, name })) await objects.apply(configMap);
    const { repository, version } = installation.image;
    return { image: `${repository}:${group.spec.detector?.version ?? version}`, configMap: configMap.metadata.name };
  }

  async function planFor(
    work: Work,
    live: Deployments,
    wanted: Omit<DeploymentOptions, 'colour'>,
  ): Promise<RolloutPlan> {
    const { group, chat, now, sizing, key } = work;
    const { rollout, status } = { rollout: group.spec.rollout, status: group.status?.rollout };
    const groupId = chat?.groupId ?? '';
    const both = live.blue !== undefined && live.green !== undefined;
    const members = both ? await membersOf(groupId) : undefined;
    const active = settings.gateOf(groupId) ?? 'blue';
    const revision = revisionOf(installation, wanted);
    const colours = Object.fromEntries(
      COLOURS.flatMap((colour) => {
        const deployment = live[colour];
        return deployment ? [[colour, factsOf(deployment, members?.[colour])]] : [];
      }),
    );
    const changes = live[active] !== undefined && factsOf(live[active], undefined).revision !== revision;
    const facts = {
      strategy: rollout.strategy,
      soakMs: (rollout.soakSeconds ?? SOAK_SECONDS) * 1000,
      consumeWithinMs: installation.consumeWithinSeconds * 1000,
      now,
      wanted: revision,
      minReplicas: sizing?.minReplicas ?? 2,
      active,
      colours,
      switchedAt: status?.switchedAt === undefined ? undefined : Date.parse(status.switchedAt),
      failedRevision: status?.failedRevision,
    };
    const tried = changes && status?.failedRevision === revision;
    return planRollout({ ...facts, mayRoll: !changes || tried || deps.rollouts.mayRoll(key, both) });
  }

  /** Undefined when Kafka cannot be asked: then nothing is concluded. */
  async function membersOf(groupId: GroupId): Promise<Record<Colour, number> | undefined> {
    return deps.topics.members(dedicatedTopic(groupId)).catch(() => undefined);
  }

  async function applyDetectors(
    group: TelegramGroup,
    live: Deployment | undefined,
    options: DeploymentOptions,
  ): Promise<void> {
    const manifest = buildDeployment(group, installation, options);
    if (!isOlderShape(live, manifest)) await objects.apply(manifest);
  }

  /** Only where no autoscaler does it: of a new set, and of one that stands by. */
  async function setReplicas(
    group: TelegramGroup,
    deployment: Deployment | undefined,
    { colour, replicas }: { colour: Colour; replicas: number | undefined },
  ): Promise<void> {
    if (replicas === undefined || deployment?.spec.replicas === replicas) return;
    await client.setScale(RESOURCES.deployments, at(group, colour), replicas);
  }

  function tell(work: Work, live: Deployments, plan: RolloutPlan): void {
    const { progress, failure, switchedAt, failedRevision } = plan;
    if (progress) {
      work.waits.push(yes(progress.reason, progress.message));
      work.again(LOOK_AGAIN_MS);
    } else deps.wake(deps.rollouts.done(work.key));
    if (failure) work.stalls.push(yes(failure.reason, failure.message));
    const { status } = work;
    status.activeColor = plan.active;
    const running = live[plan.active] && runningWith(live[plan.active] as Deployment);
    if (running) status.detectorVersion = running.image;
    if (switchedAt !== undefined || failedRevision !== undefined) {
      status.rollout = {
        ...(switchedAt === undefined ? {} : { switchedAt: toTime(switchedAt) }),
        ...(failedRevision === undefined ? {} : { failedRevision }),
      };
    }
  }

  async function tellAvailability(work: Work, deployment: Deployment | undefined): Promise<void> {
    const needed = work.sizing?.minReplicas ?? 2;
    const ready = deployment?.status?.readyReplicas ?? 0;
    work.status.readyReplicas = ready;
    work.status.replicas = deployment?.status?.replicas ?? 0;
    if (ready >= needed)
      return say(work, 'WorkloadAvailable', yes('Available', 'as many detectors as always should are ready'));
    work.again(LOOK_AGAIN_MS);
    const why = await deps.whyNotReady(work.group).catch((error: unknown) => messageOf(error));
    const message = `${ready} of ${needed} detectors are ready${why === '' ? '' : `: ${why}`}`;
    say(work, 'WorkloadAvailable', ready === 0 ? no('NoDetectors', message) : no('TooFewDetectors', message));
    if (!deployment) say(work, 'WorkloadAvailable', unknown('Creating', 'the detectors are being made'));
  }
}

function at(group: TelegramGroup, colour: Colour) {
  return { namespace: group.metadata.namespace, name: deploymentName(group, colour) };
}

/** Sets that stay need their settings, which may be of an earlier revision. */
function keptBy(live: Deployments, plan: RolloutPlan): string[] {
  return COLOURS.filter((colour) => !plan.remove.includes(colour)).flatMap((colour) => {
    const running = live[colour] && runningWith(live[colour]);
    return running ? [running.configMap] : [];
  });
}

function toTime(at: Millis): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** As wanted, but made by another operator: to change it would restart its pods for nothing that anybody asked for. */
function isOlderShape(live: Deployment | undefined, { metadata: { annotations = {} } }: Manifest): boolean {
  const has = live?.metadata.annotations ?? {};
  const { revision, shape } = ANNOTATIONS;
  return live !== undefined && has[revision] === annotations[revision] && has[shape] !== annotations[shape];
}
