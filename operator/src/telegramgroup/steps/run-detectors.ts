/** The Deployments of a dedicated group and what belongs to them; which colour consumes. */
import { messageOf, type Colour, type GroupId, type TelegramGroup } from '@chatwarden/contracts';
import { RESOURCES, toTime, type KubeClient } from '@chatwarden/kube';
import type { SettingsCache, Store } from '@chatwarden/store';
import { buildDeployment, type DeploymentOptions } from '../../desired/deployment.ts';
import type { Manifest } from '../../desired/manifest.ts';
import { ANNOTATIONS, deploymentName } from '../../desired/names.ts';
import { sizingOf } from '../../desired/sizing.ts';
import { applyBelongings, pruneConfigMaps, type BelongingsDeps, type Wanted } from '../belongings.ts';
import { COLOURS, deploymentsOf, runningWith, type Deployment, type Deployments } from '../detectors.ts';
import { planRollout, type RolloutPlan } from '../rollout/plan-rollout.ts';
import { gatherFacts, type RolloutFactsDeps } from '../rollout/rollout-facts.ts';
import { no, say, unknown, yes, type Step, type Work } from '../work.ts';

export interface RunDetectorsDeps extends BelongingsDeps, Omit<RolloutFactsDeps, 'settings'> {
  client: Pick<KubeClient, 'setScale'>;
  store: Pick<Store, 'gates'>;
  settings: Pick<SettingsCache, 'gateOf' | 'refreshTo'>;
  /** Others that waited for a place among those that roll. */
  wake(keys: readonly string[]): void;
  /** Why pods are not ready, in words. */
  whyNotReady(group: TelegramGroup): Promise<string>;
}

interface Carried {
  group: TelegramGroup;
  groupId: GroupId;
  live: Deployments;
  wanted: Wanted;
}

const LOOK_AGAIN_MS = 3000;

export function createRunDetectors(deps: RunDetectorsDeps): Step {
  const { objects } = deps;
  const find = (namespace: string, name: string) => objects.find<Deployment>('Deployment', { namespace, name });

  return async (work) => {
    const { group, chat, partitions } = work;
    if (work.place !== 'Dedicated' || !chat || partitions === undefined) return 'next';
    const { groupId } = chat;
    work.sizing = sizingOf(group.spec, partitions);
    const live = deploymentsOf(group, find);
    const wanted = await applyBelongings(deps, group, groupId);
    const plan = planRollout(await gatherFacts(deps, work, { groupId, live, wanted }));
    work.rollout = plan;
    await carryOut(deps, plan, { group, groupId, live, wanted });
    tellRollout(work, plan, live[plan.active]);
    if (!plan.progress) deps.wake(deps.rollouts.done(work.key));
    await tellAvailability(work, live[plan.active], deps.whyNotReady);
    return 'next';
  };
}

async function carryOut(deps: RunDetectorsDeps, plan: RolloutPlan, carried: Carried): Promise<void> {
  const { objects, store, settings, client } = deps;
  const { group, groupId, live, wanted } = carried;
  for (const colour of plan.renew) await applyDetectors(deps, carried, { ...wanted, colour });
  for (const colour of COLOURS) {
    const replicas = plan.replicas[colour];
    // Only where no autoscaler does it: of a new set, and of one that stands by.
    if (replicas === undefined || live[colour]?.spec.replicas === replicas) continue;
    await client.setScale(RESOURCES.deployments, at(group, colour), replicas);
  }
  if (plan.active !== (settings.gateOf(groupId) ?? 'blue')) {
    const { revision } = await store.gates.setGate(groupId, plan.active);
    await settings.refreshTo(revision);
  }
  for (const colour of plan.remove) await objects.remove('Deployment', at(group, colour));
  await pruneConfigMaps(objects, group, { keep: [wanted.configMap, ...keptBy(live, plan)] });
}

async function applyDetectors(
  { objects, installation }: BelongingsDeps,
  { group, live }: Carried,
  options: DeploymentOptions,
): Promise<void> {
  const manifest = buildDeployment(group, installation, options);
  if (!isOlderShape(live[options.colour], manifest)) await objects.apply(manifest);
}

function tellRollout(work: Work, plan: RolloutPlan, active: Deployment | undefined): void {
  const { progress, failure, switchedAt, failedRevision } = plan;
  if (progress) {
    work.waits.push(yes(progress.reason, progress.message));
    work.again(LOOK_AGAIN_MS);
  }
  if (failure) work.stalls.push(yes(failure.reason, failure.message));
  const { status } = work;
  status.activeColor = plan.active;
  const running = active && runningWith(active);
  if (running) status.detectorVersion = running.image;
  if (switchedAt === undefined && failedRevision === undefined) return;
  status.rollout = {
    ...(switchedAt === undefined ? {} : { switchedAt: toTime(switchedAt) }),
    ...(failedRevision === undefined ? {} : { failedRevision }),
  };
}

async function tellAvailability(
  work: Work,
  deployment: Deployment | undefined,
  whyNotReady: RunDetectorsDeps['whyNotReady'],
): Promise<void> {
  const needed = work.sizing?.minReplicas ?? 2;
  const ready = deployment?.status?.readyReplicas ?? 0;
  work.status.readyReplicas = ready;
  work.status.replicas = deployment?.status?.replicas ?? 0;
  if (ready >= needed) {
    return say(work, 'WorkloadAvailable', yes('Available', 'as many detectors as always should are ready'));
  }
  work.again(LOOK_AGAIN_MS);
  if (!deployment) return say(work, 'WorkloadAvailable', unknown('Creating', 'the detectors are being made'));
  const why = await whyNotReady(work.group).catch((error: unknown) => messageOf(error));
  const message = `${ready} of ${needed} detectors are ready${why === '' ? '' : `: ${why}`}`;
  say(work, 'WorkloadAvailable', ready === 0 ? no('NoDetectors', message) : no('TooFewDetectors', message));
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

/** As wanted, but made by another operator: to change it would restart its pods for nothing that anybody asked for. */
function isOlderShape(live: Deployment | undefined, { metadata: { annotations = {} } }: Manifest): boolean {
  const has = live?.metadata.annotations ?? {};
  const { revision, shape } = ANNOTATIONS;
  return live !== undefined && has[revision] === annotations[revision] && has[shape] !== annotations[shape];
}
