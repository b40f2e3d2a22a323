/**
 * The end of a group: first its keys are destroyed, so that nothing sealed or named under them can be read again, in no
 * backup either; then its rows go. A group whose keys are destroyed but whose rows are there was interrupted, or came
 * back with a restored database: erasing it again finishes it.
 */
import { Failure, messageOf, type GroupId, type KeyProvider } from '@chatwarden/contracts';
import type { Logger } from '@chatwarden/daemon';
import type { Groups, Purges } from '@chatwarden/store';

export interface EraseDeps {
  keys: KeyProvider;
  groups: Pick<Groups, 'listGroups'>;
  purges: Pick<Purges, 'eraseGroup'>;
  log: Logger;
}

export async function eraseGroup(groupId: GroupId, { keys, purges, log }: Omit<EraseDeps, 'groups'>): Promise<void> {
  await keys.destroy(groupId);
  const rows = await purges.eraseGroup(groupId);
  log.info({ groupId }, `erased a group: its keys are destroyed, ${rows} rows are gone`);
}

/** To be run at start. A failure is logged: the chat's next message finishes it as well. */
export async function finishErasures(deps: EraseDeps): Promise<void> {
  try {
    for (const { groupId } of await deps.groups.listGroups()) {
      if (await isDestroyed(groupId, deps.keys)) await eraseGroup(groupId, deps);
    }
  } catch (error) {
    deps.log.warn({ err: error }, `could not look for half erased groups: ${messageOf(error)}`);
  }
}

async function isDestroyed(groupId: GroupId, keys: KeyProvider): Promise<boolean> {
  return keys.key(groupId, 'seal').then(() => false, wasDestroyed);
}

/** Rejects with any error that says something else. */
export function wasDestroyed(error: unknown): boolean {
  if (error instanceof Failure && error.code === 'keyDestroyed') return true;
  throw error;
}
