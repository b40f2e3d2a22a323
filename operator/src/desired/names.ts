/** Names and labels of everything that is made for a group. Selectors cannot be changed later. */
import { TELEGRAM_GROUP, type Colour, type TelegramGroup } from '@chatwarden/contracts';
import type { Manifest, OwnerReference } from './manifest.ts';

export const MANAGER = 'chatwarden-operator';

export const LABELS = {
  managedBy: 'app.kubernetes.io/managed-by',
  name: 'app.kubernetes.io/name',
  group: 'chatwarden.io/telegramgroup',
  colour: 'chatwarden.io/color',
} as const;

export const ANNOTATIONS = {
  /** On a Deployment: what its pods are made from, without the colour. */
  revision: 'chatwarden.io/revision',
  /** On a TelegramGroup: the operator does nothing for it. */
  paused: 'chatwarden.io/paused',
  /** On a TelegramGroup: the autoscaler takes no replicas away. */
  pauseScaleIn: 'chatwarden.io/pause-scale-in',
  /** On a TelegramGroup that is being deleted: it goes at once, whatever is still to be done. */
  forceDelete: 'chatwarden.io/force-delete',
} as const;

const DETECTOR = 'chatwarden-detector';

export function detectorName(group: Pick<TelegramGroup, 'metadata'>): string {
  return `${group.metadata.name}-detector`;
}

export function deploymentName(group: Pick<TelegramGroup, 'metadata'>, colour: Colour): string {
  return `${detectorName(group)}-${colour}`;
}

/** What selects the pods of a group, of both colours. */
export function podLabels({ metadata }: Pick<TelegramGroup, 'metadata'>): Record<string, string> {
  return { [LABELS.name]: DETECTOR, [LABELS.group]: metadata.name };
}

export function colourLabels(group: Pick<TelegramGroup, 'metadata'>, colour: Colour): Record<string, string> {
  return { ...podLabels(group), [LABELS.colour]: colour };
}

export function toSelector(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

/** What every object of the group has; it goes with its TelegramGroup. */
export function metadataOf(group: Pick<TelegramGroup, 'metadata'>, name = detectorName(group)): Manifest['metadata'] {
  return {
    name,
    namespace: group.metadata.namespace,
    labels: { ...podLabels(group), [LABELS.managedBy]: MANAGER },
    ownerReferences: [ownerReference(group)],
  };
}

function ownerReference({ metadata: { name, uid } }: Pick<TelegramGroup, 'metadata'>): OwnerReference {
  const { apiVersion, kind } = TELEGRAM_GROUP;
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}
