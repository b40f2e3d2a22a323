/** Where a message leads to, for the checks that ask whether a trick carries anything. */
import type { Entity } from '@chatwarden/contracts';
import { findHandles, findPlaces } from '../prepare/find-addresses.ts';
import type { Link, Prepared } from '../prepared.ts';

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

/** A known host or a subdomain of one. */
export function isHarmless({ host }: Pick<Link, 'host'>): boolean {
  let rest = host;
  for (let dots = 0; dots < 4; dots += 1) {
    if (HARMLESS_HOSTS.has(rest)) return true;
    const dot = rest.indexOf('.');
    if (dot < 0) return false;
    rest = rest.slice(dot + 1);
  }
  return false;
}

/** Of a message that leads to more, nothing is known better. */
const PLACES_MAX = 8;

/** Hashes of the places outside that a message leads to: links of its own and handles, not the sender's name. */
export function placesOf({ links, mentions }: Prepared): string[] {
  const places = new Set<string>();
  for (const link of links) {
    if (link.from === 'name' || isHarmless(link)) continue;
    places.add(hash(link.handle === undefined ? link.host : `@${link.handle}`));
  }
  for (const handle of mentions) places.add(hash(`@${handle}`));
  return [...places].slice(0, PLACES_MAX);
}

/** FNV-1a, 32 bits as 8 hex digits; `seed` makes a second one of it. */
export function hash(text: string, seed = 0): string {
  let value = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return (value >>> 0).toString(16).padStart(8, '0');
}

/** Whether words that are shown somewhere else than in the text hold an address or a handle. */
export function leadsAway(words: string): boolean {
  return findPlaces(words).length > 0 || findHandles(words).length > 0;
}

const LEADING: ReadonlySet<string> = new Set(['url', 'text_link', 'mention', 'text_mention', 'phone_number', 'email']);
/** Covers beyond these tell nothing more. */
const COVERS_MAX = 20;

export interface Cover {
  /** Code units under cover. */
  covered: number;
  /** Something under cover leads out of the chat. */
  leads: boolean;
}

/** What entities of one type cover; costs entities times at most COVERS_MAX. */
export function coverOf(entities: readonly Entity[], type: string): Cover | undefined {
  const covers = entities.filter((entity) => entity.type === type).slice(0, COVERS_MAX);
  if (covers.length === 0) return undefined;
  const leads = entities.some(
    (entity) =>
      LEADING.has(entity.type) &&
      covers.some(({ offset, length }) => entity.offset >= offset && entity.offset + entity.length <= offset + length),
  );
  return { covered: covers.reduce((sum, { length }) => sum + length, 0), leads };
}
