/** Addresses and handles written in a text, whether or not Telegram marked them. One walk, no backtracking. */
import { DIGIT, FIRST_LETTER, KIND, SCRIPT_MARK, SPACE } from './code-points.ts';
import { hostPlace, placeOf, type Place } from './host.ts';
import { isCertainTopLevel, isPossibleTopLevel } from './top-level-domains.ts';

const DOT = 0x2e;
const AT = 0x40;
const SLASH = 0x2f;
const UNDERSCORE = 0x5f;
const HYPHEN = 0x2d;
/** More than this in one message adds nothing to what is known about it. */
const PLACES_MAX = 100;
/** Telegram handles. Source: https://core.telegram.org/method/account.checkUsername */
const HANDLE_MIN = 4;
const HANDLE_MAX = 32;

export function findPlaces(text: string): Place[] {
  const places: Place[] = [];
  for (let dot = text.indexOf('.'); dot >= 0 && places.length < PLACES_MAX;) {
    const { start, end } = hostAround(text, dot);
    const place = placeAt(text, start, end);
    if (place) places.push(place);
    dot = text.indexOf('.', Math.max(end, dot + 1));
  }
  for (let at = text.indexOf('tg://'); at >= 0 && places.length < PLACES_MAX; at = text.indexOf('tg://', at + 5)) {
    const place = placeOf(text.slice(at, wordEnd(text, at)));
    if (place) places.push(place);
  }
  return places;
}

function placeAt(text: string, start: number, end: number): Place | undefined {
  if (end - start < MIN_HOST || end - start > MAX_HOST || text.charCodeAt(start - 1) === AT) return undefined;
  const host = text.slice(start, end);
  const scheme = text.startsWith('://', start - 3);
  const hasPath = text.charCodeAt(end) === SLASH && end + 1 < text.length && KIND[text.charCodeAt(end + 1)] !== SPACE;
  const label = lastLabel(host).normalize('NFKC').toLowerCase();
  const told = scheme || hasPath || host.slice(0, 4).toLowerCase() === 'www.';
  if (!(told ? isPossibleTopLevel(label) : isCertainTopLevel(label))) return undefined;
  return hostPlace(host, hasPath ? text.slice(end, wordEnd(text, end)) : '');
}

/** "t.me" is the shortest of interest. */
const MIN_HOST = 4;
/** A host has at most 253 characters; some that are drawn in two or three become one. */
const MAX_HOST = 3 * 253;

function lastLabel(host: string): string {
  let end = host.length;
  while (end > 0 && !isLetterOrDigit(host.charCodeAt(end - 1))) end -= 1;
  return host.slice(host.lastIndexOf('.', end - 1) + 1, end);
}

/** The run of host characters around a dot; each is walked once, since the search goes on behind its end. */
function hostAround(text: string, dot: number): { start: number; end: number } {
  let start = dot;
  while (start > 0 && isLabelUnit(text.charCodeAt(start - 1))) start -= 1;
  let end = dot + 1;
  while (end < text.length && (isLabelUnit(text.charCodeAt(end)) || text.charCodeAt(end) === DOT)) end += 1;
  return { start, end };
}

function isLabelUnit(unit: number): boolean {
  return isLetterOrDigit(unit) || unit === HYPHEN || unit === UNDERSCORE;
}

function isLetterOrDigit(unit: number): boolean {
  const kind = KIND[unit] ?? 0;
  return kind >= FIRST_LETTER || kind === DIGIT || kind === SCRIPT_MARK;
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && at < from + 2048 && KIND[text.charCodeAt(at)] !== SPACE) at += 1;
  return at;
}

/** "@handle", lower case, without the sign; not the second half of an e-mail address. */
export function findHandles(text: string): string[] {
  const handles: string[] = [];
  for (let at = text.indexOf('@'); at >= 0 && handles.length < PLACES_MAX; at = text.indexOf('@', at + 1)) {
    let end = at + 1;
    while (end < text.length && end - at <= HANDLE_MAX && isHandleUnit(text.charCodeAt(end))) end += 1;
    const size = end - at - 1;
    const mail = at > 0 && isLetterOrDigit(text.charCodeAt(at - 1));
    if (!mail && size >= HANDLE_MIN && size <= HANDLE_MAX) handles.push(text.slice(at + 1, end).toLowerCase());
  }
  return handles;
}

function isHandleUnit(unit: number): boolean {
  return (
    (unit >= 0x30 && unit <= 0x39) ||
    (unit >= 0x41 && unit <= 0x5a) ||
    unit === UNDERSCORE ||
    (unit >= 0x61 && unit <= 0x7a)
  );
}
