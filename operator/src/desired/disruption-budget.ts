/** A node that is drained takes one detector at a time. */
import type { TelegramGroup } from '@chatwarden/contracts';
import type { Manifest } from './manifest.ts';
import { metadataOf, podLabels } from './names.ts';

export function buildDisruptionBudget(group: TelegramGroup): Manifest {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadataOf(group),
    spec: {
      maxUnavailable: 1,
      selector: { matchLabels: podLabels(group) },
      // One that does not get ready must not hold up a drain.
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  };
}
