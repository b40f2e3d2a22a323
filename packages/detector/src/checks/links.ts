import type { Link } from '../prepared.ts';
import { isNewcomer, nothing, type Check } from './check.ts';
import { isHarmless } from './payload.ts';

const OWN_PLACES: ReadonlySet<Link['from']> = new Set(['text', 'entity', 'textLink', 'preview']);

/** A link alone is ordinary; from a newcomer it is a little less so. */
export const links: Check = {
  name: 'links',
  describe: 'Links to other places, above all into Telegram; weighs less from people with a record',
  weights: [0.4, 3.8],
  find: ({ prepared, context }) => {
    const leading = prepared.links.filter((link) => OWN_PLACES.has(link.from) && !isHarmless(link));
    if (leading.length === 0) return nothing(prepared.links.length === 0 ? 'no links' : 'only harmless links');
    const hosts = [...new Set(leading.map((link) => link.host))];
    const behindWords = leading.some((link) => link.from === 'textLink');
    const intoTelegram = leading.some((link) => link.handle !== undefined);
    const weight =
      (intoTelegram ? 1.6 : 1) * (isNewcomer(context) ? 1 + (behindWords ? 0.8 : 0) : 0.4) +
      0.3 * (Math.min(hosts.length, 4) - 1);
    return {
      weight,
      reason: `${leading.length} link(s)${behindWords ? ' behind words' : ''}, to ${hosts.slice(0, 3).join(', ')}`,
    };
  },
};
