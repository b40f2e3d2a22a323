/** /forget: what is kept about the person who asks goes, in private only. */
import { keysOfPerson } from '../privacy/keys-of-person.ts';
import type { Command } from './command.ts';

export const forget: Command = {
  name: 'forget',
  description: 'have what is kept about you forgotten (in a private chat)',
  inPrivate: async ({ message, argument }, deps) => {
    if (argument.toLowerCase() !== 'yes') {
      return (
        'This forgets your history in every group of mine: to its moderation you will be new. ' +
        'Say "/forget yes" to do so, or /mydata to see it first.'
      );
    }
    const keys = await keysOfPerson(message.from?.id ?? 0, { ...deps, groups: deps.store.groups });
    const { rows, stillSanctioned } = await deps.store.persons.forgetPerson(keys, deps.clock.now());
    return [
      rows === 0 ? 'Nothing was kept about you.' : 'Forgotten.',
      ...(stillSanctioned === 0
        ? []
        : [
            `In ${stillSanctioned} group(s) you are banned or restricted: your id, encrypted, and your offences stay ` +
              'there until that ends.',
          ]),
      'Log lines that name you by a pseudonym are dropped within 7 days.',
    ].join(' ');
  },
  inGroup: () => Promise.resolve('Say it to me in a private chat.'),
};
