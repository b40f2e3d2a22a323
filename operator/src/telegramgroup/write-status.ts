/** The status, once per reconcile and only when it says something else than before. */
import { isDeepStrictEqual } from 'node:util';
import { TELEGRAM_GROUP, type TelegramGroup, type TelegramGroupStatus } from '@chatwarden/contracts';
import { isKubeError, RESOURCES, type KubeClient } from '@chatwarden/kube';
import { MANAGER } from '../desired/names.ts';

export function createStatusWriter(client: Pick<KubeClient, 'applyStatus'>) {
  return async (group: TelegramGroup, status: TelegramGroupStatus): Promise<void> => {
    if (isDeepStrictEqual(group.status, status)) return;
    const { apiVersion, kind } = TELEGRAM_GROUP;
    const { name, namespace, uid } = group.metadata;
    const object = { apiVersion, kind, metadata: { name, namespace, uid }, status };
    try {
      await client.applyStatus(RESOURCES.telegramgroups, object, { fieldManager: `${MANAGER}-status`, force: true });
    } catch (error) {
      // Gone, or made anew under its name, while we looked at it: nobody needs this status any more.
      if (!isKubeError(error, 'NotFound') && !(isKubeError(error, 'Conflict') && /uid/i.test(error.message))) throw error;
    }
  };
}
