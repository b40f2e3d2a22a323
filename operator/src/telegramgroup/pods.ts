/** What pods say, asked only where something is not as it should be. */
import type { TelegramGroup } from '@chatwarden/contracts';
import { RESOURCES, type KubeClient, type KubeObject } from '@chatwarden/kube';
import { podLabels, toSelector } from '../desired/names.ts';

interface ContainerState {
  waiting?: { reason?: string; message?: string };
  terminated?: { reason?: string; exitCode?: number };
}

interface Pod extends KubeObject {
  status?: {
    phase?: string;
    conditions?: { type: string; status: string; reason?: string; message?: string }[];
    containerStatuses?: { ready: boolean; restartCount: number; state?: ContainerState; lastState?: ContainerState }[];
  };
}

/** The first thing that keeps a pod of the group from being ready, in words; empty when nothing is known. */
export async function whyNotReady(client: Pick<KubeClient, 'list'>, group: TelegramGroup): Promise<string> {
  const { items } = await client.list<Pod>(RESOURCES.pods, {
    namespace: group.metadata.namespace,
    labelSelector: toSelector(podLabels(group)),
  });
  return items.map(troubleOf).find((trouble) => trouble !== '') ?? '';
}

function troubleOf({ metadata, status }: Pod): string {
  const unscheduled = status?.conditions?.find(
    ({ type, status: holds }) => type === 'PodScheduled' && holds === 'False',
  );
  if (unscheduled) return `${metadata.name} finds no node (${unscheduled.message ?? unscheduled.reason ?? ''})`;
  for (const { state, lastState, restartCount } of status?.containerStatuses ?? []) {
    const why = state?.waiting?.message ?? state?.waiting?.reason;
    const ended = lastState?.terminated;
    if (ended && restartCount > 0) {
      return `${metadata.name} ended ${restartCount} times, last with ${ended.reason ?? `exit code ${ended.exitCode}`}: see its log`;
    }
    if (why !== undefined && why !== 'ContainerCreating') return `${metadata.name}: ${why}`;
  }
  return '';
}

/** Whether there is a pod of that name. */
export async function hasPod(client: Pick<KubeClient, 'get'>, namespace: string, name: string): Promise<boolean> {
  // Not every name can be a pod's.
  if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name)) return false;
  return (await client.get(RESOURCES.pods, { namespace, name })) !== undefined;
}
