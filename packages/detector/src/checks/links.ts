import type { Link } from '../prepared.ts';
import { isNewcomer, nothing, type Check } from './check.ts';

/** Places that honest people link to all day; a link there says nothing. */
const HARMLESS_HOSTS: ReadonlySet<string> = new Set([
  'github.com',
  'gitlab.com',
  'stackoverflow.com',
  'wikipedia.org',
  'youtube.com',
  'youtu.be',
  'google.com',
  'yandex.ru',
  'npmjs.com',
  'habr.com',
]);

function isHarmless({ host }: Link): boolean {
  return [...HARMLESS_HOSTS].some((known) => host === known || host.endsWith(`.${known}`));
}

const OWN_PLACES: ReadonlySet<Link['from']> = new Set(['text', 'entity', 'textLink', 'preview']);

/** A link alone is ordinary; from a newcomer it is a little less so. */
export const links: Check = {
  name: 'links',
  describe: 'Links to other places, above all into Telegram, from people without a record',
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

export const hiddenLinks: Check = {
  name: 'hiddenLinks',
  describe: 'Links whose text shows another address, look-alike hosts, and links that only a preview shows',
  find: ({ prepared }) => {
    const disguised = prepared.links.find((link) => link.disguised || link.lookAlikeHost);
    if (disguised) return { weight: 2.5, reason: `a link to ${disguised.host} in the guise of another` };
    const preview = prepared.links.find((link) => link.from === 'preview');
    const shown = prepared.links.some((link) => link.from !== 'preview' && link.host === preview?.host);
    if (preview && !shown) return { weight: 2, reason: `a link to ${preview.host} that only the preview shows` };
    return nothing('no hidden links');
  },
};
