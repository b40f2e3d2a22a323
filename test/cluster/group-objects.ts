// What the cluster has of the one group that the acceptance is about.
import type { Kubectl } from '@chatwarden/testkit/backends/parts';

export const TEAM = 'team';
export const GROUP = 'gardeners';

const KINDS = 'deployments,pods,configmaps,serviceaccounts,poddisruptionbudgets,networkpolicies,scaledobjects,hpa';

/** Everything that was made for the group. */
export async function owned(kubectl: Kubectl): Promise<string[]> {
  const selector = `--selector=chatwarden.io/telegramgroup=${GROUP}`;
  const found = await kubectl(['get', KINDS, selector, '--namespace', TEAM, '--output=name']);
  return found.split('\n').filter((line) => line !== '');
}

/** Of one colour. */
export async function readyPods(kubectl: Kubectl, colour: string): Promise<number> {
  const at = ['get', 'deployment', `${GROUP}-detector-${colour}`, '--namespace', TEAM, '--ignore-not-found'];
  return Number(await kubectl([...at, '--output=jsonpath={.status.readyReplicas}']));
}

/** Names of the pods, each with how often its container was started again. */
export async function detectorPods(kubectl: Kubectl): Promise<string> {
  const selector = `--selector=chatwarden.io/telegramgroup=${GROUP}`;
  const path = '{range .items[*]}{.metadata.name} {.status.containerStatuses[0].restartCount}{"\\n"}{end}';
  return kubectl(['get', 'pods', selector, '--namespace', TEAM, `--output=jsonpath=${path}`]);
}

/** A field of its status, by its path. */
export async function status(kubectl: Kubectl, field: string): Promise<string> {
  const path = `--output=jsonpath={.status.${field}}`;
  return kubectl(['get', 'tgg', GROUP, '--namespace', TEAM, path]);
}
