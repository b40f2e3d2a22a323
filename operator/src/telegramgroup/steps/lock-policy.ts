/** What the TelegramGroup says of the policy wins over the portal and shows there as locked. */
import type { Store } from '@chatwarden/store';
import { toPolicyFields } from '../to-policy-fields.ts';
import type { Step } from '../work.ts';

export function createLockPolicy(store: Pick<Store, 'policyLocks'>): Step {
  return async ({ chat, group, key }) => {
    if (!chat) return 'end';
    const fields = toPolicyFields(group.spec.policy);
    if (fields) await store.policyLocks.lockPolicy(chat.groupId, fields, `TelegramGroup ${key}`);
    else await store.policyLocks.unlockPolicy(chat.groupId);
    return 'next';
  };
}
