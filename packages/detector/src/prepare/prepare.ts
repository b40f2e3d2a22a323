/** Everything about an event that needs no memory: folded texts, links, mentions, fingerprint, keys of campaigns. */
import { isMessageEvent, type ChatEvent, type Message } from '@chatwarden/contracts';
import type { Folded, Link, Prepared } from '../prepared.ts';
import { fingerprintOf } from './fingerprint.ts';
import { fold } from './fold.ts';
import { findLinks, findMentions } from './links.ts';

/** Enough to recognise a campaign by; a message with more of them is not recognised better. */
const KEYS_MAX = 16;

export function prepare(event: ChatEvent): Prepared {
  const message = isMessageEvent(event) ? event.message : undefined;
  const folded = fold(message ? readableText(message) : '');
  const quoted = message ? foldQuote(message) : undefined;
  const links = findLinks(event, { text: folded, quoted });
  const mentions = message ? findMentions(message) : [];
  const fingerprint = fingerprintOf(folded);
  return {
    event,
    folded,
    ...(quoted ? { quoted } : {}),
    name: fold(event.sender.name),
    links,
    mentions,
    ...(fingerprint === undefined ? {} : { fingerprint }),
    campaignKeys: campaignKeys({ fingerprint, links, mentions, message }),
  };
}

function readableText({ text, attachmentText }: Message): string {
  return attachmentText === undefined ? text : `${text}\n${attachmentText}`.trim();
}

/** A quote within this chat repeats what was judged already. */
function foldQuote({ quote, externalReply }: Message): Folded | undefined {
  return quote !== undefined && externalReply?.otherChat ? fold(quote.text) : undefined;
}

interface KeyParts {
  fingerprint: string | undefined;
  links: readonly Link[];
  mentions: readonly string[];
  message: Message | undefined;
}

const TEXT_KEY = 'text:';

/** The key that copies of a text share. */
export function textKey(fingerprint: string): string {
  return TEXT_KEY + fingerprint;
}

export function isTextKey(key: string): boolean {
  return key.startsWith(TEXT_KEY);
}

function campaignKeys({ fingerprint, links, mentions, message }: KeyParts): string[] {
  const keys = new Set<string>();
  if (fingerprint !== undefined) keys.add(textKey(fingerprint));
  for (const { host, handle } of links) keys.add(handle === undefined ? `host:${host}` : `handle:${handle}`);
  for (const handle of mentions) keys.add(`handle:${handle}`);
  for (const { fileUniqueId } of message?.media ?? []) if (fileUniqueId !== undefined) keys.add(`file:${fileUniqueId}`);
  if (message?.contactPhone !== undefined) keys.add(`phone:${message.contactPhone.replaceAll(/\D/g, '')}`);
  return [...keys].slice(0, KEYS_MAX);
}
