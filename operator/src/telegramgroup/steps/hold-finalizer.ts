/** From here on things are made that only the operator can take away: it wants to be asked before the object goes. */
import { TELEGRAM_GROUP, type TelegramGroup } from '@chatwarden/contracts';
import { RESOURCES, type KubeClient } from '@chatwarden/kube';
import { MANAGER } from '../../desired/names.ts';
import type { Step } from '../work.ts';

export const FINALIZER = 'chatwarden.io/group';

export function createHoldFinalizer(client: Pick<KubeClient, 'apply'>): Step {
  return async ({ group }) => {
    if (!group.metadata.finalizers?.includes(FINALIZER)) await applyFinalizers(client, group, [FINALIZER]);
    return 'next';
  };
}

/** Ours only: those of others stay. */
export async function applyFinalizers(
  client: Pick<KubeClient, 'apply'>,
  { metadata: { name, namespace, uid } }: TelegramGroup,
  finalizers: readonly string[],
): Promise<void> {
  const { apiVersion, kind } = TELEGRAM_GROUP;
  const metadata = { name, namespace, uid, finalizers: [...finalizers] };
  await client.apply(
    RESOURCES.telegramgroups,
    { apiVersion, kind, metadata },
    { fieldManager: `${MANAGER}-finalizer`, force: true },
  );
}
