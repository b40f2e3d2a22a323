/** What the cluster has of a group's detectors, as the caches know it. */
import type { Colour, TelegramGroup } from '@chatwarden/contracts';
import type { KubeObject } from '@chatwarden/kube';
import { ANNOTATIONS, deploymentName } from '../desired/names.ts';
import type { DetectorsFacts } from './rollout/plan-rollout.ts';

/** What of https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/deployment-v1 is read. */
export interface Deployment extends KubeObject {
  spec: {
    replicas?: number;
    template: { spec: { containers: { image: string; envFrom?: { configMapRef?: { name: string } }[] }[] } };
  };
  status?: {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    conditions?: { type: string; status: string; reason?: string; message?: string }[];
  };
}

export const COLOURS: readonly Colour[] = ['blue', 'green'];

export type Deployments = { readonly [C in Colour]?: Deployment };

export type FindDeployment = (namespace: string, name: string) => Deployment | undefined;

/** Those that are not on their way out. */
export function deploymentsOf(group: TelegramGroup, find: FindDeployment): Deployments {
  const found = COLOURS.flatMap((colour) => {
    const deployment = find(group.metadata.namespace, deploymentName(group, colour));
    return deployment && deployment.metadata.deletionTimestamp === undefined ? [[colour, deployment] as const] : [];
  });
  return Object.fromEntries(found);
}

export function factsOf(deployment: Deployment, members: number | undefined): DetectorsFacts {
  const { metadata, spec, status = {} } = deployment;
  const replicas = spec.replicas ?? 1;
  const seen = status.observedGeneration === metadata.generation;
  const ready = seen ? Math.min(status.readyReplicas ?? 0, status.updatedReplicas ?? 0) : 0;
  const complete = seen && ready >= replicas && (status.replicas ?? 0) === (status.updatedReplicas ?? 0);
  const progressing = status.conditions?.find(({ type }) => type === 'Progressing');
  return {
    revision: metadata.annotations?.[ANNOTATIONS.revision] ?? '',
    replicas,
    ready,
    complete,
    failed: seen && progressing?.status === 'False' && progressing.reason === 'ProgressDeadlineExceeded',
    members,
  };
}

/** What a set runs with, so that it can be applied again as it is. */
export function runningWith({ spec }: Deployment): { image: string; configMap: string } | undefined {
  const [container] = spec.template.spec.containers;
  const configMap = container?.envFrom?.find(({ configMapRef }) => configMapRef)?.configMapRef?.name;
  return container && configMap !== undefined ? { image: container.image, configMap } : undefined;
}
