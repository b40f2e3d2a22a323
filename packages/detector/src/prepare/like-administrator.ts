/**
 * Is somebody named like an administrator? Asked where the administrators are known, which is the bot; the event carries
 * the answer and not the names. Each comparison costs the length of a name.
 */
import { fold } from './fold.ts';

export interface PersonName {
  name: string;
  username?: string | undefined;
}

/** Names made comparable: once for an administrator, once for a sender. */
export interface NameKeys {
  /** Letters and digits of the folded name; absent when many people are called so. */
  name?: string;
  /** The username with letters that are taken for each other made one; absent when there is none. */
  username?: string;
}

/** A first name alone is shared by many honest people. */
const WORDS_MIN = 2;
const LETTERS_MIN = 12;
/** In shorter usernames one other letter is another name. */
const USERNAME_NEAR_MIN = 8;

export function nameKeysOf({ name, username }: PersonName): NameKeys {
  const { text, facts } = fold(name);
  const letters = text.replaceAll(/[^\p{L}\p{N}]/gu, '');
  const telling = facts.words >= WORDS_MIN || letters.length >= LETTERS_MIN;
  return {
    ...(telling && letters !== '' ? { name: letters } : {}),
    ...(username ? { username: skeletonOf(username) } : {}),
  };
}

/** Which of the two names is like an administrator's. */
export function likeAdministrator(person: PersonName, administrators: readonly NameKeys[]): 'name' | 'username' | null {
  if (administrators.length === 0) return null;
  const keys = nameKeysOf(person);
  const { name, username } = keys;
  if (username !== undefined && administrators.some((one) => one.username && isAlike(username, one.username))) {
    return 'username';
  }
  return name !== undefined && administrators.some((one) => one.name === name) ? 'name' : null;
}

/** "garden_adm1n" and "gardenadmin" are read as one. */
function skeletonOf(username: string): string {
  return username
    .toLowerCase()
    .replaceAll('_', '')
    .replaceAll('0', 'o')
    .replaceAll(/[1i]/g, 'l')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w');
}

function isAlike(a: string, b: string): boolean {
  if (a === b) return true;
  return Math.min(a.length, b.length) >= USERNAME_NEAR_MIN && differsByOne(a, b);
}

/** One letter more, less or other. */
function differsByOne(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short.charCodeAt(at) === long.charCodeAt(at)) at += 1;
  return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1);
}
