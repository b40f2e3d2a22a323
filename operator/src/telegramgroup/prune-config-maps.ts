import type { TelegramGroup } from '@chatwarden/contracts';
import { LABELS } from '../desired/names.ts';
import type { GroupObjects } from './group-objects.ts';

/** Settings that no set of detectors runs with any more. */
export async function pruneConfigMaps(
  objects: GroupObjects,
  { metadata }: TelegramGroup,
  { keep }: { keep: readonly string[] },
): Promise<void> {
  const ours = objects
    .list('ConfigMap', metadata.namespace)
    .filter((object) => object.metadata.labels?.[LABELS.group] === metadata.name)
    .filter((object) => object.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid))
    .filter((object) => !keep.includes(object.metadata.name));
  for (const { metadata: old } of ours) {
    await objects.remove('ConfigMap', { namespace: metadata.namespace, name: old.name });
  }
}
