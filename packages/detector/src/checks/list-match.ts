/** Does an event meet an entry of one of the group's lists? Compared folded, so that disguise does not help. */
import type { ListEntry } from '@chatwarden/contracts';
import { fold } from '../prepare/fold.ts';
import type { Prepared } from '../prepared.ts';
import { messageOf } from './check.ts';
import { wildcardIn } from './wildcard.ts';

/** A list decides: this is beyond what every other check together can weigh. */
export const DECIDES = 40;

/** The first entry that is met and has not expired at the event's own time. */
export function firstMatch(prepared: Prepared, entries: readonly ListEntry[]): ListEntry | undefined {
  const now = prepared.event.occurredAt;
  return entries.find((entry) => (entry.expiresAt ?? Infinity) > now && MATCHES[entry.kind](prepared, entry.value));
}

type Matches = (prepared: Prepared, value: string) => boolean;

const MATCHES: Readonly<Record<ListEntry['kind'], Matches>> = {
  word: (prepared, value) => wildcardIn(prepared.folded.text, fold(value).text, { wholeWords: true }),
  phrase: (prepared, value) => wildcardIn(prepared.folded.text, fold(value).text, { wholeWords: false }),
  domain: ({ links }, value) => {
    const domain = value.toLowerCase().replace(/^\*?\./, '');
    return links.some(({ host }) => host === domain || host.endsWith(`.${domain}`));
  },
  user: ({ event }, value) => {
    const { id, username } = event.sender;
    return isNamed(value, { id, username });
  },
  channel: (prepared, value) => {
    const { sender } = prepared.event;
    const message = messageOf(prepared);
    const origins = [message?.forward, message?.externalReply?.origin, ...(message?.attachmentChats ?? [])];
    const asChannel = sender.as === 'channel' && isNamed(value, { id: sender.id, username: sender.username });
    return (
      asChannel || origins.some((origin) => origin && isNamed(value, { id: origin.chatId, username: origin.username }))
    );
  },
};

function isNamed(value: string, { id, username }: { id: number | undefined; username: string | undefined }): boolean {
  const name = value.replace(/^@/, '').toLowerCase();
  return name === String(id) || name === username?.toLowerCase();
}
