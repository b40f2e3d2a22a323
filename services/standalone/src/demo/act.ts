/** What happens in the demo, one thing at a time. `performer.ts` carries it out. */
import type { Said } from '@chatwarden/fake-telegram';
import type { Person, Trick } from './content.ts';

/** Names a message before Telegram gave it an id, so that a later act can answer or edit it. */
export type MessageName = string;

/** Newcomers and channels that appear for one act only; `key` is new each time. */
export interface Visitor {
  key: string;
  as: 'user' | 'channel';
  person: Person;
}

export interface Say {
  kind: 'say';
  community: string;
  /** A member's key, or a visitor's. */
  by: string;
  name: MessageName;
  message: Said;
  repliesTo?: MessageName;
  /** What a moderator would say of it. */
  label: 'spam' | 'ham';
  /** Present on the first message of a spam act. */
  trick?: Trick;
}

export type Act =
  | Say
  /** A post in the linked channel; its forward in the group gets the name. */
  | { kind: 'post'; community: string; name: MessageName; message: Said }
  | { kind: 'arrive'; community: string; visitor: Visitor }
  | { kind: 'edit'; community: string; name: MessageName; message: Said };

/** `atMs` counts from the start of the demo, at human pace. */
export interface TimedAct {
  atMs: number;
  act: Act;
}
