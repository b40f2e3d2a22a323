/** Names and labels of everything that is made for a group. Selectors cannot be changed later. */
import { TELEGRAM_GROUP, type Colour } from '@chatwarden/contracts';
import type { Manifest, OwnerReference } from './manifest.ts';

export const MANAGER = 'chatwarden-operator';

export const LABELS = {
  managedBy: 'app.kubernetes.io/managed-by',
  name: 'app.kubernetes.io/name',
  group: 'chatwarden.io/telegramgroup',
  colour: 'chatwarden.io/color',
} as const;

export const ANNOTATIONS = {
  /** On a Deployment: what people chose for its pods. */
  revision: 'chatwarden.io/revision',
  /** On a Deployment: how the operator makes a pod of that. */
  shape: 'chatwarden.io/shape',
  /** On a TelegramGroup: the operator does nothing for it. */
  paused: 'chatwarden.io/paused',
  /** On a TelegramGroup: the autoscaler takes no replicas away. */
  pauseScaleIn: 'chatwarden.io/pause-scale-in',
  /** On a TelegramGroup that is being deleted: it goes at once, whatever is still to be done. */
  forceDelete: 'chatwarden.io/force-delete',
} as const;

/** What of a TelegramGroup names are made of. */
export interface NamedGroup {
  metadata: { name: string; namespace: string; uid: string };
}

const DETECTOR = 'chatwarden-detector';

export function detectorName(group: NamedGroup): string {
  return `${group.metadata.name}-detector`;
}

export function deploymentName(group: NamedGroup, colour: Colour): string {
  return `${detectorName(group)}-${colour}`;
}

/** What selects the pods of a group, of both colours. */
export function podLabels({ metadata }: NamedGroup): Record<string, string> {
  return { [LABELS.name]: DETECTOR, [LABELS.group]: metadata.name };
}

export function colourLabels(group: NamedGroup, colour: Colour): Record<string, string> {
  return { ...podLabels(group), [LABELS.colour]: colour };
}

export function toSelector(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

/** What every object of the group has; it goes with its TelegramGroup. */
export function metadataOf(group: NamedGroup, name = detectorName(group)): Manifest['metadata'] {
  return {
    name,
    namespace: group.metadata.namespace,
    labels: { ...podLabels(group), [LABELS.managedBy]: MANAGER },
    ownerReferences: [ownerReference(group)],
  };
}

function ownerReference({ metadata: { name, uid } }: NamedGroup): OwnerReference {
  const { apiVersion, kind } = TELEGRAM_GROUP;
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}
