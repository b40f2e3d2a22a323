/**
 * What a check is tried on: messages as spammers write them and honest ones that come as near as they can. They stand
 * beside the check, are run by checks.test.ts, and the first of each is shown in docs/checks.md. Written for this
 * project; names, hosts and handles are invented.
 */
import type { Context, Entity, EventTrace, GroupPolicy, Message, Sender, SenderContext } from '@chatwarden/contracts';

export interface Case {
  text?: string;
  /** What is there besides the text, in words; for a message whose text does not show it. */
  note?: string;
  message?: Partial<Message>;
  sender?: Partial<Sender>;
  kind?: 'MessageEdited';
  context?: Partial<Omit<Context, 'sender'>> & { sender?: Partial<SenderContext> };
  policy?: Partial<GroupPolicy>;
}

type ThreeOrMore = readonly [Case, Case, Case, ...Case[]];

export interface Cases {
  fires: ThreeOrMore;
  honest: ThreeOrMore;
}

/** When the messages of the cases were sent: 2026-11-24T12:00:00Z. */
export const CASE_TIME = Date.UTC(2026, 10, 24, 12);

/** An entity over `words`, which must stand in `text`. */
export function entity(type: string, text: string, words: string): Entity {
  const offset = text.indexOf(words);
  if (offset < 0) throw new Error(`"${words}" does not stand in "${text}"`);
  return { type, offset, length: words.length };
}

/** A text whose `words` lead to `url`. */
export function linked(text: string, words: string, url: string): Case {
  return {
    text,
    note: `"${words}" leads to ${url}`,
    message: { entities: [{ ...entity('text_link', text, words), url }] },
  };
}

/** The sender has said this many allowed things before. */
export function known(allowedCount: number): Pick<Case, 'context'> {
  return { context: { sender: { allowedCount } } };
}

export function trace(over: Partial<EventTrace> & { secondsAgo: number }): EventTrace {
  const { secondsAgo, ...rest } = over;
  return { id: secondsAgo.toString(16).padStart(32, '0'), at: CASE_TIME - secondsAgo * 1000, ...rest };
}
