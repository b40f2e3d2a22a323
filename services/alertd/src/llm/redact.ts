/**
 * What leaves for a language model: the words of a message without those that say who somebody is. Handles, names,
 * numbers, mail addresses and everything after a host are replaced by tokens; hosts stay, since they tell the most.
 * Until the end a token is one private character, which is taken out of the message first: no message can forge one.
 */
import type { Button, Entity } from '@chatwarden/contracts';
import { tidy } from './tidy.ts';

/** What evidence holds of a message. */
export interface Shown {
  text: string;
  entities: Entity[];
  attachmentText?: string;
  quote?: { text: string };
  buttons: Button[];
  name: string;
}

/** Parts that are empty are left out. */
export interface Redacted {
  text?: string;
  attachment?: string;
  quote?: string;
  buttons?: string[];
  /** Hosts behind words and buttons. */
  linkedHosts?: string[];
}

const HANDLE = '\ue000';
const NAME = '\ue001';
const MAIL = '\ue002';
const NUMBER = '\ue003';
const PATH = '\ue004';
const TOKENS: Readonly<Record<string, string>> = {
  [HANDLE]: '[handle]',
  [NAME]: '[name]',
  [MAIL]: '[mail]',
  [NUMBER]: '[number]',
  [PATH]: '[path]',
};
const PRIVATE = /[\ue000-\uf8ff]/g;

/** As long as a message can be, and parts of it that matter less. */
const TEXT_MAX = 4096;
const QUOTE_MAX = 1024;
const BUTTON_MAX = 64;
const LIST_MAX = 10;

export function redact(shown: Shown): Redacted {
  const name = tidy(shown.name.replace(PRIVATE, ''), BUTTON_MAX * 4);
  const part = (text: string | undefined, max: number) => hide((text ?? '').replace(PRIVATE, ' '), name, max);
  const text = hide(markEntities(shown.text.replace(PRIVATE, ' '), shown.entities), name, TEXT_MAX);
  const attachment = part(shown.attachmentText, TEXT_MAX);
  const quote = part(shown.quote?.text, QUOTE_MAX);
  const buttons = shown.buttons.slice(0, LIST_MAX).map((button) => part(button.text, BUTTON_MAX));
  const linkedHosts = hostsOf([...shown.entities, ...shown.buttons].map(({ url }) => url));
  return {
    ...(text === '' ? {} : { text }),
    ...(attachment === '' ? {} : { attachment }),
    ...(quote === '' ? {} : { quote }),
    ...(buttons.length === 0 ? {} : { buttons }),
    ...(linkedHosts.length === 0 ? {} : { linkedHosts }),
  };
}

const MARK_OF: Readonly<Record<string, string>> = {
  mention: HANDLE,
  text_mention: NAME,
  email: MAIL,
  phone_number: NUMBER,
};

/** Telegram's own word on what is what; offsets count in the raw text, so this comes before everything else. */
function markEntities(raw: string, entities: readonly Entity[]): string {
  let text = raw;
  let end = raw.length;
  for (const { type, offset, length } of entities.toSorted((a, b) => b.offset - a.offset)) {
    const mark = MARK_OF[type];
    if (mark === undefined || offset + length > end) continue;
    text = text.slice(0, offset) + mark + text.slice(offset + length);
    end = offset;
  }
  return text;
}

const MAIL_ADDRESS = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu;
const APP_ADDRESS = /\b(?:tg|tel|mailto|sms|whatsapp|viber):[^\s]{1,512}/giu;
/** What may stand before the host, a user and password for one, is found only where a scheme says that it is an address. */
const FULL_ADDRESS =
  /https?:\/\/(?:[^\s/@]{1,64}@)?((?:[\p{L}\p{N}_-]{1,63}\.){1,6}[\p{L}\p{N}-]{1,63})(?::\d{1,5})?([/?#]\S{0,512})?/giu;
const BARE_ADDRESS = /((?:[\p{L}\p{N}_-]{1,63}\.){1,6}\p{L}[\p{L}\p{N}-]{1,62})(?::\d{1,5})?([/?#]\S{0,512})?/giu;
const AT_HANDLE = /@ ?[\p{L}\p{N}_]{1,64}(?:\.[\p{L}\p{N}_]{1,64}){0,4}/gu;
const LONG_NUMBER = /\+?\p{Nd}(?:[ ().\u2010-\u2015-]{0,3}\p{Nd}){6,30}/gu;
const WORD = /[\p{L}\p{M}\p{N}]{1,64}/gu;

function hide(marked: string, name: string, max: number): string {
  const text = tidy(marked, max)
    .replace(APP_ADDRESS, PATH)
    .replace(FULL_ADDRESS, toHost)
    .replace(MAIL_ADDRESS, MAIL)
    .replace(BARE_ADDRESS, toHost)
    .replace(AT_HANDLE, HANDLE)
    .replace(LONG_NUMBER, NUMBER);
  return hideName(text, name).replace(PRIVATE, (mark) => TOKENS[mark] ?? '');
}

function toHost(_: string, host: string, path?: string): string {
  return hideInHost(host) + (path === undefined ? '' : `/${PATH}`);
}

/** Shorter words of a name are too common in talk to be one. */
const NAME_WORD_MIN = 3;
/** Writing that puts no spaces between words. */
const UNSPACED = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]{2,64}$/u;

/** The sender's own name, word by word: people sign, and advertise themselves. Hosts stay, even if they are named so. */
function hideName(text: string, name: string): string {
  const whole = UNSPACED.test(name) ? text.replaceAll(name, NAME) : text;
  const words = new Set((name.toLowerCase().match(WORD) ?? []).filter((word) => word.length >= NAME_WORD_MIN));
  return whole.replace(WORD, (word, at: number) => {
    if (!words.has(word.toLowerCase())) return word;
    return isOfHost(whole, at, at + word.length) ? word : NAME;
  });
}

const WORD_SIGN = /[\p{L}\p{N}]/u;

/** A full stop with a letter on its other side. */
function isOfHost(text: string, start: number, end: number): boolean {
  const before = text[start - 1] === '.' && WORD_SIGN.test(text[start - 2] ?? '');
  return before || (text[end] === '.' && WORD_SIGN.test(text[end + 1] ?? ''));
}

/** The owner's name stands before the host in addresses such as name.t.me. */
const OWNED_HOST = /^.{1,256}\.(t\.me|telegram\.me|telegram\.dog)$/i;

function hideInHost(host: string): string {
  const owned = OWNED_HOST.exec(host);
  return owned && !host.toLowerCase().startsWith('www.') ? `${HANDLE}.${owned[1] ?? ''}` : host;
}

function hostsOf(urls: readonly (string | undefined)[]): string[] {
  const hosts = new Set<string>();
  for (const url of urls) {
    const host = url === undefined ? undefined : hostOf(url);
    if (host !== undefined) hosts.add(host);
  }
  return [...hosts].slice(0, LIST_MAX);
}

function hostOf(url: string): string | undefined {
  const parsed = URL.parse(url.includes('://') ? url : `http://${url}`);
  if (!parsed) return undefined;
  const host = parsed.host === '' || parsed.protocol === 'tg:' ? parsed.protocol : hideInHost(parsed.hostname);
  return tidy(host, BUTTON_MAX * 4).replace(PRIVATE, (mark) => TOKENS[mark] ?? '');
}
