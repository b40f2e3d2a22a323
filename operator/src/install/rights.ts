/**
 * What the operator may do: what its steps ask of the API server, and no more. It reads no Secret, runs nothing in a pod
 * and grants no rights.
 */
import { TELEGRAM_GROUP } from '@chatwarden/contracts';
import { OPERATOR, type PolicyRule } from './install-object.ts';

const { group, plural } = TELEGRAM_GROUP;

/** Server-side apply is a patch, and a create where there is nothing yet. */
const MAKE = ['get', 'list', 'watch', 'create', 'patch', 'delete'] as const;

/** In every namespace with TelegramGroups. */
export const GROUP_RULES: readonly PolicyRule[] = [
  { apiGroups: [group], resources: [plural], verbs: ['get', 'list', 'watch', 'patch'] },
  { apiGroups: [group], resources: [`${plural}/status`], verbs: ['patch'] },
  // Owner references that block the owner's deletion need it, where the cluster asks.
  { apiGroups: [group], resources: [`${plural}/finalizers`], verbs: ['update'] },
  { apiGroups: [''], resources: ['configmaps', 'serviceaccounts'], verbs: MAKE },
  { apiGroups: ['apps'], resources: ['deployments'], verbs: MAKE },
  { apiGroups: ['apps'], resources: ['deployments/scale'], verbs: ['get', 'patch'] },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: MAKE },
  { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: MAKE },
  { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: MAKE },
  { apiGroups: ['keda.sh'], resources: ['scaledobjects'], verbs: MAKE },
  { apiGroups: ['monitoring.coreos.com'], resources: ['podmonitors', 'prometheusrules'], verbs: MAKE },
  // Why detectors are not ready, and whether a publisher is gone.
  { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
  { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['create', 'patch'] },
];

/** In its own namespace: one of its pods leads. A lease that is not there yet has no name to grant. */
export const LEASE_RULES: readonly PolicyRule[] = [
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
  {
    apiGroups: ['coordination.k8s.io'],
    resources: ['leases'],
    resourceNames: [OPERATOR],
    verbs: ['get', 'update', 'patch'],
  },
];

/** Which cluster it is: cluster-of.ts. */
export function namespaceRule(name: string): PolicyRule {
  return { apiGroups: [''], resources: ['namespaces'], resourceNames: [name], verbs: ['get'] };
}

/** Of the whole cluster: whether its own kind is there, and of its release. */
export const KIND_RULES: readonly PolicyRule[] = [
  {
    apiGroups: ['apiextensions.k8s.io'],
    resources: ['customresourcedefinitions'],
    resourceNames: [`${plural}.${group}`],
    verbs: ['get'],
  },
];
