/** Which changes of the cluster make which TelegramGroup be looked at again. */
import type { TelegramGroup } from '@chatwarden/contracts';
import { keyOf, type Change, type KubeObject } from '@chatwarden/kube';
import { isDeepStrictEqual } from 'node:util';
import type { OpenCaches } from '../caches.ts';
import { LABELS } from '../desired/names.ts';
import type { Controller } from '../runtime/index.ts';
import type { GroupIndex } from './group-index.ts';

export interface WatchOwnedDeps {
  caches: Pick<OpenCaches, 'groups' | 'objects'>;
  index: GroupIndex;
  controller: Pick<Controller, 'enqueue'>;
}

export function watchOwned({ caches, index, controller }: WatchOwnedDeps): void {
  caches.groups.onChange((change) => {
    const key = keyOf(change.object.metadata);
    const waiting = index.waitingForPlace();
    if (change.type === 'deleted') index.remove(key);
    else index.put(change.object);
    if (change.type === 'modified' && !concerns(change.old, change.object)) return;
    controller.enqueue(key, 'edit');
    // Whoever waited for this chat, or for a place among the dedicated ones, may have it now.
    for (const other of index.othersOf(change.object.spec.chatId, key)) controller.enqueue(other);
    for (const other of waiting) if (index.isWithinCeiling(other)) controller.enqueue(other);
  });
  for (const cache of Object.values(caches.objects)) {
    cache.onChange((change) => enqueueOwner(change, controller));
    // KEDA, or who scrapes metrics, has come or gone.
    cache.onServed(() => {
      const dedicated = caches.groups.list().filter(({ spec }) => spec.isolation === 'Dedicated');
      for (const { metadata } of dedicated) controller.enqueue(keyOf(metadata));
    });
  }
}

/** What people change; the status is ours. */
function concerns(old: TelegramGroup, { metadata }: TelegramGroup): boolean {
  return (
    old.metadata.generation !== metadata.generation ||
    old.metadata.deletionTimestamp !== metadata.deletionTimestamp ||
    !isDeepStrictEqual(old.metadata.annotations, metadata.annotations) ||
    !isDeepStrictEqual(old.metadata.finalizers, metadata.finalizers)
  );
}

function enqueueOwner({ object }: Change<KubeObject>, controller: Pick<Controller, 'enqueue'>): void {
  const name = object.metadata.labels?.[LABELS.group];
  if (name !== undefined) controller.enqueue(`${object.metadata.namespace}/${name}`);
}
