/** Every place that an event leads to, with where it was found. Telegram's entities are read but not relied on. */
import type { ChatEvent, Entity, Message } from '@chatwarden/contracts';
import { isMessageEvent } from '@chatwarden/contracts';
import type { Folded, Link } from '../prepared.ts';
import { findHandles, findPlaces } from './find-addresses.ts';
import { placeOf, type Place } from './host.ts';
import { isPossibleTopLevel } from './top-level-domains.ts';

type From = Link['from'];

interface Found {
  place: Place;
  from: From;
  disguised?: true;
}

/** The first finding of a place counts, so sources stand in order of how much they tell. */
export function findLinks(event: ChatEvent, folded: { text: Folded; quoted: Folded | undefined }): Link[] {
  const found = isMessageEvent(event) ? ofMessage(event.message, folded) : [];
  const { name } = event.sender;
  const about = 'join' in event && event.join.bio !== undefined ? `${name} ${event.join.bio}` : name;
  for (const place of findPlaces(about)) found.push({ place, from: 'name' });
  return unique(found);
}

function ofMessage(message: Message, folded: { text: Folded; quoted: Folded | undefined }): Found[] {
  const found: Found[] = message.entities.flatMap((entity) => ofEntity(message.text, entity));
  for (const text of [message.text, message.attachmentText ?? '']) {
    for (const place of findPlaces(text)) found.push({ place, from: 'text' });
  }
  if (isDisguised(folded.text)) {
    for (const place of findPlaces(folded.text.text))
      found.push({ place: { ...place, lookAlikeHost: true }, from: 'text' });
  }
  // After the text: a link that people can read there is not a hidden one.
  for (const url of message.attachmentUrls ?? []) add(found, url, 'textLink');
  for (const button of message.buttons) add(found, button.url, 'button');
  add(found, message.linkPreview?.url, 'preview');
  if (folded.quoted) for (const place of findPlaces(message.quote?.text ?? '')) found.push({ place, from: 'quote' });
  if (message.externalReply?.otherChat) add(found, message.externalReply.linkPreviewUrl, 'externalReply');
  return found;
}

function isDisguised({ facts }: Folded): boolean {
  return facts.foldedLetters + facts.invisible + facts.spacedLetters + facts.stackedMarks > 0;
}

function add(found: Found[], address: string | undefined, from: From): void {
  const place = address === undefined ? undefined : placeOf(address);
  if (place) found.push({ place, from });
}

function ofEntity(text: string, entity: Entity): Found[] {
  const visible = text.slice(entity.offset, entity.offset + entity.length);
  if (entity.type === 'url') {
    const place = placeOf(visible);
    return place && isMeant(visible, place) ? [{ place, from: 'entity' }] : [];
  }
  if (entity.type !== 'text_link' || entity.url === undefined) return [];
  const place = placeOf(entity.url);
  if (!place) return [];
  const shows = showsOf(visible, place);
  if (shows === 'elsewhere') return [{ place, from: 'textLink', disguised: true }];
  return [{ place, from: shows === 'itself' ? 'entity' : 'textLink' }];
}

/** Telegram links "readme.md" as well; without scheme or path a doubtful one is left to the walk over the text. */
function isMeant(visible: string, { host }: Place): boolean {
  if (visible.includes('/') || visible.toLowerCase().startsWith('www.')) return true;
  const label = host.slice(host.lastIndexOf('.') + 1);
  return label.length > 2 && isPossibleTopLevel(label);
}

/** Words may name the address that they lead to, another one, or none. */
function showsOf(visible: string, target: Place): 'itself' | 'elsewhere' | 'words' {
  const shown = findPlaces(visible)[0];
  if (shown) return isSame(shown, target) ? 'itself' : 'elsewhere';
  const [handle] = findHandles(visible);
  if (handle === undefined) return 'words';
  return target.host === 't.me' && (target.handle ?? handle) === handle ? 'itself' : 'elsewhere';
}

/** A subdomain of what is shown is no disguise. */
function isSame(shown: Place, target: Place): boolean {
  const related =
    shown.host === target.host || target.host.endsWith(`.${shown.host}`) || shown.host.endsWith(`.${target.host}`);
  return related && (shown.handle ?? target.handle) === (target.handle ?? shown.handle);
}

function unique(found: readonly Found[]): Link[] {
  const links = new Map<string, Link>();
  for (const { place, from, disguised } of found) {
    const key = `${place.host} ${place.handle ?? ''}`;
    const known = links.get(key);
    if (!known) links.set(key, { ...place, from, ...(disguised ? { disguised } : {}) });
    else if (place.lookAlikeHost && from !== 'text') known.lookAlikeHost = true;
  }
  return [...links.values()];
}

/** Handles of the text, of mention entities and of what other chats' quotes say. */
export function findMentions(message: Message): string[] {
  const handles = new Set(findHandles(message.text));
  for (const handle of findHandles(message.attachmentText ?? '')) handles.add(handle);
  for (const { type, offset, length } of message.entities) {
    if (type === 'mention') handles.add(message.text.slice(offset + 1, offset + length).toLowerCase());
  }
  return [...handles];
}
