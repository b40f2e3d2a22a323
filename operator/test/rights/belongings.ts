/** All kinds of objects that the operator makes for a dedicated group, from its own builders. */
import type { Manifest } from '../../src/desired/manifest.ts';
import { buildHorizontalPodAutoscaler, buildScaledObject } from '../../src/desired/autoscaler.ts';
import { buildConfigMap } from '../../src/desired/config-map.ts';
import { buildDeployment } from '../../src/desired/deployment.ts';
import { buildDisruptionBudget } from '../../src/desired/disruption-budget.ts';
import { buildNetworkPolicy } from '../../src/desired/network-policy.ts';
import { buildServiceAccount } from '../../src/desired/service-account.ts';
import { sizingOf } from '../../src/desired/sizing.ts';
import { anInstallation, aTelegramGroup } from '../builders.ts';

const installation = anInstallation();

export function belongingsOf(at: { namespace: string; name: string; uid: string }): Manifest[] {
  const group = aTelegramGroup({ ...at, spec: { isolation: 'Dedicated' } });
  const configMap = buildConfigMap(group, 'g0123456789abcdef', installation);
  const image = 'chatwarden/detector:1.4.0';
  const scaling = {
    colour: 'blue',
    sizing: sizingOf(group.spec, group.spec.partitions),
    topic: 'chatwarden.events.g0123456789abcdef',
    consumerGroup: 'chatwarden.alertd-detect',
    held: false,
  } as const;
  return [
    configMap,
    buildServiceAccount(group),
    buildNetworkPolicy(group, installation),
    buildDisruptionBudget(group),
    buildDeployment(group, installation, { colour: 'blue', image, configMap: configMap.metadata.name }),
    buildHorizontalPodAutoscaler(group, installation, scaling),
    buildScaledObject(group, installation, scaling),
  ];
}
