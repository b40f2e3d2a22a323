import { isNewcomer, nothing, type Check } from './check.ts';

export const names: Check = {
  name: 'names',
  describe: 'An advert in the name of the sender',
  find: ({ prepared, context }) => {
    if (!isNewcomer(context)) return nothing('a known name');
    const leads = prepared.links.find((link) => link.from === 'name');
    if (leads) return { weight: 2.6, reason: `a link to ${leads.host} in the name` };
    const { mixedScriptWords, emoji } = prepared.name.facts;
    if (mixedScriptWords > 0) return { weight: 0.8, reason: 'a name of mixed scripts' };
    return emoji >= 3 ? { weight: 0.5, reason: `${emoji} emoji in the name` } : nothing('an ordinary name');
  },
};
