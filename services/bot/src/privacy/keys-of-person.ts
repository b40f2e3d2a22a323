import type { KeyProvider } from '@chatwarden/contracts';
import { pseudonymOf } from '@chatwarden/keys';
import type { Groups, PersonKey } from '@chatwarden/store';
import { wasDestroyed } from './erase-group.ts';

export interface PersonDeps {
  keys: KeyProvider;
  groups: Pick<Groups, 'listGroups'>;
  botId: number;
}

/** How each group of this bot would name the person: nothing but the group's key joins the two. */
export async function keysOfPerson(telegramId: number, { keys, groups, botId }: PersonDeps): Promise<PersonKey[]> {
  const found: PersonKey[] = [];
  for (const group of await groups.listGroups()) {
    if (group.botId !== botId) continue;
    try {
      const key = await keys.key(group.groupId, 'pseudonym');
      found.push({ groupId: group.groupId, sender: pseudonymOf(key, telegramId) });
    } catch (error) {
      // An erased group names nobody any more.
      wasDestroyed(error);
    }
  }
  return found;
}
