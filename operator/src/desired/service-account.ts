/** Detectors have no rights in the cluster, and no token to try with. */
import type { TelegramGroup } from '@chatwarden/contracts';
import type { Manifest } from './manifest.ts';
import { metadataOf } from './names.ts';

export function buildServiceAccount(group: TelegramGroup): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadataOf(group),
    automountServiceAccountToken: false,
  };
}
