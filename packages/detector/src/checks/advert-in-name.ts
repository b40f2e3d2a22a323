import { findHandles } from '../prepare/find-addresses.ts';
import { isNewcomer, nothing, type Check } from './check.ts';

const EMOJI_MANY = 3;

export const advertInName: Check = {
  name: 'advertInName',
  describe: 'A link or a handle in the name of a sender without a record; a little, a name in disguise',
  weights: [0.5, 2.6],
  payload: true,
  find: ({ prepared, context }) => {
    if (!isNewcomer(context)) return nothing('a known name');
    const leads = prepared.links.find((link) => link.from === 'name');
    if (leads) return { weight: 2.6, reason: `a link to ${leads.host} in the name` };
    if (findHandles(prepared.event.sender.name).length > 0) return { weight: 2.4, reason: 'a handle in the name' };
    const { mixedScriptWords, ornamentalLetters, emoji } = prepared.name.facts;
    if (mixedScriptWords > 0) return { weight: 0.8, reason: 'a name of mixed scripts' };
    if (ornamentalLetters >= 3) return { weight: 0.5, reason: 'a name in ornamental letters' };
    return emoji >= EMOJI_MANY ? { weight: 0.5, reason: `${emoji} emoji in the name` } : nothing('an ordinary name');
  },
};
