/** What detectors need beside their Deployment: an account, settings, who may reach whom, who may be evicted. */
import type { GroupId, TelegramGroup } from '@chatwarden/contracts';
import { buildConfigMap } from '../desired/config-map.ts';
import type { DeploymentOptions } from '../desired/deployment.ts';
import { buildDisruptionBudget } from '../desired/disruption-budget.ts';
import type { Installation } from '../desired/installation.ts';
import { buildPodMonitor, buildPrometheusRule } from '../desired/monitoring.ts';
import { LABELS } from '../desired/names.ts';
import { buildNetworkPolicy } from '../desired/network-policy.ts';
import { buildServiceAccount } from '../desired/service-account.ts';
import type { GroupObjects } from './group-objects.ts';

/** What people have chosen for the pods. */
export type Wanted = Omit<DeploymentOptions, 'colour'>;

export interface BelongingsDeps {
  objects: GroupObjects;
  installation: Installation;
}

export async function applyBelongings(
  { objects, installation }: BelongingsDeps,
  group: TelegramGroup,
  groupId: GroupId,
): Promise<Wanted> {
  const belongings = [
    buildServiceAccount(group),
    buildNetworkPolicy(group, installation),
    buildDisruptionBudget(group),
    ...(objects.knows('PodMonitor') ? [buildPodMonitor(group)] : []),
    ...(objects.knows('PrometheusRule') ? [buildPrometheusRule(group)] : []),
  ];
  for (const manifest of belongings) await objects.apply(manifest);
  const configMap = buildConfigMap(group, groupId, installation);
  // It cannot be changed, and need not be.
  const { namespace, name } = configMap.metadata;
  if (!objects.find('ConfigMap', { namespace, name })) await objects.apply(configMap);
  const { repository, version } = installation.image;
  return { image: `${repository}:${group.spec.detector?.version ?? version}`, configMap: name };
}

/** Settings that no set of detectors runs with any more go. */
export async function pruneConfigMaps(
  objects: GroupObjects,
  { metadata }: TelegramGroup,
  { keep }: { keep: readonly string[] },
): Promise<void> {
  const ours = objects
    .list('ConfigMap', metadata.namespace)
    .filter((object) => object.metadata.labels?.[LABELS.group] === metadata.name)
    .filter((object) => object.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid))
    .filter((object) => !keep.includes(object.metadata.name));
  for (const { metadata: old } of ours) {
    await objects.remove('ConfigMap', { namespace: metadata.namespace, name: old.name });
  }
}
