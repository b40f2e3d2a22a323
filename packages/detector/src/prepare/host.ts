/** One address written anywhere (text, entity, button) to the place it leads to. */
import { CYRILLIC, KIND, LATIN } from './code-points.ts';
import { foldWhole } from './fold-word.ts';
import { decodeHost } from './punycode.ts';

export interface Place {
  host: string;
  handle?: string;
  lookAlikeHost?: true;
}

const TELEGRAM_HOSTS: ReadonlySet<string> = new Set(['t.me', 'telegram.me', 'telegram.dog']);
/** Longer is no address a person would follow, and must not cost more. */
const ADDRESS_MAX = 2048;
const HOST_MAX = 253;
/** What fills up an advert with blanks that nobody sees ends up in the address that Telegram marks. */
const NOT_OF_A_HOST = /[^\p{L}\p{N}\p{M}._-]/gu;

/** The place of an address with or without scheme; undefined when it has no host (tel:, mailto:, a broken one). */
export function placeOf(address: string): Place | undefined {
  const written = address.slice(0, ADDRESS_MAX).trim();
  const scheme = written.indexOf('://');
  const protocol = scheme < 0 ? '' : written.slice(0, scheme).toLowerCase();
  if (protocol === 'tg') return telegramScheme(written.slice(scheme + 3));
  const rest = scheme < 0 ? written : written.slice(scheme + 3);
  const end = endOfAny(rest, '/?#\\');
  const authority = rest.slice(0, end);
  const host = authority.slice(authority.lastIndexOf('@') + 1).split(':', 1)[0] ?? '';
  return hostPlace(host, rest.slice(end));
}

/** `path` starts with "/" or is empty. */
export function hostPlace(written: string, path: string): Place | undefined {
  const plain = trimDots(written.normalize('NFKC').toLowerCase().replaceAll(NOT_OF_A_HOST, ''));
  if (plain.length > HOST_MAX || !plain.includes('.')) return undefined;
  const decoded = decodeHost(plain);
  const folded = decoded.split('.').map(foldLabel).join('.');
  const host = folded.startsWith('www.') && folded.length > 4 ? folded.slice(4) : folded;
  // Punycode under a Latin ending dresses one script as another; пример.рф is written so by honest tools.
  const disguised = folded !== decoded || (decoded !== plain && endsLatin(decoded));
  const place: Place = disguised ? { host, lookAlikeHost: true } : { host };
  return telegramPlace(place, path);
}

function endsLatin(host: string): boolean {
  return KIND[host.charCodeAt(host.length - 1)] === LATIN;
}

/** "аррle" is meant to be read as "apple": Cyrillic beside Latin in one label. */
function foldLabel(label: string): string {
  let cyrillic = false;
  let latin = false;
  for (let at = 0; at < label.length; at++) {
    const kind = KIND[label.charCodeAt(at)];
    if (kind === CYRILLIC) cyrillic = true;
    if (kind === LATIN) latin = true;
  }
  return cyrillic && latin ? foldWhole(label, LATIN).word : label;
}

function telegramPlace(place: Place, path: string): Place {
  const { host } = place;
  if (TELEGRAM_HOSTS.has(host)) {
    const handle = handleOf(path);
    return { ...place, host: 't.me', ...(handle === '' ? {} : { handle }) };
  }
  if (host.endsWith('.t.me')) return { ...place, host: 't.me', handle: host.slice(0, -5) };
  return place;
}

/** "/name/12?x" is name; invitations keep what tells them apart: "+hash", "addlist/hash", "c/123". */
function handleOf(path: string): string {
  const clean = path.slice(1, 1 + endOfAny(path.slice(1), '?#')).toLowerCase();
  const [first = '', second = ''] = clean.split('/');
  if (first === 'joinchat') return `+${second}`;
  if (first === 's') return second;
  if (first === 'c' || first === 'addlist' || first === 'boost') return `${first}/${second}`;
  return first.startsWith('@') ? first.slice(1) : first;
}

function telegramScheme(rest: string): Place {
  const query = rest.toLowerCase();
  for (const key of ['domain=', 'invite=', 'slug=']) {
    const at = query.indexOf(key);
    if (at < 0) continue;
    const value = query.slice(at + key.length);
    const handle = value.slice(0, endOfAny(value, '&#'));
    return { host: 't.me', handle: key === 'invite=' ? `+${handle}` : handle };
  }
  return { host: 't.me' };
}

function endOfAny(text: string, signs: string): number {
  for (let at = 0; at < text.length; at++) if (signs.includes(text.charAt(at))) return at;
  return text.length;
}

function trimDots(host: string): string {
  let from = 0;
  let to = host.length;
  while (from < to && '.-_'.includes(host.charAt(from))) from += 1;
  while (to > from && '.-_'.includes(host.charAt(to - 1))) to -= 1;
  return host.slice(from, to);
}
