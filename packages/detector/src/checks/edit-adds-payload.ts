/**
 * First harmless, later an advert: the way past whoever looks at a message once. The record speaks for what its owner
 * said, not for what somebody put in its place, so a replaced text loses what the record gave to the first one.
 */
import { messageOf, nothing, type Check, type CheckInput } from './check.ts';
import { placesOf } from './payload.ts';
import { isFar, repeatKeyOf } from './repeat-key.ts';
import { record } from './sender-record.ts';

const ADDS_LINK = 2.6;
/** Calling another member in an edit is common. */
const ADDS_HANDLE = 1;
/** Nothing is remembered of the first version. People mend a message within minutes. */
const UNKNOWN_FIRST = 1;
const UNKNOWN_FIRST_LATE = 1.6;
const LATE_MS = 900_000;

export const editAddsPayload: Check = {
  name: 'editAddsPayload',
  describe: 'Edits that bring in a link, a handle or a button; of a replaced text even from approved senders',
  weights: [1, 8.6],
  payload: true,
  find: (input) => {
    const { prepared, context } = input;
    const message = messageOf(prepared);
    if (prepared.event.kind !== 'MessageEdited' || !message) return nothing('not edited');
    const leads = prepared.links.some((link) => link.from !== 'name');
    const earlier = context.sender.seen.filter((trace) => trace.messageId === message.messageId);
    const last = earlier.at(-1);
    if (!last) {
      if (!leads) return nothing('an edit without links');
      const late = prepared.event.occurredAt - (message.sentAt ?? Infinity) > LATE_MS;
      return {
        weight: late ? UNKNOWN_FIRST_LATE : UNKNOWN_FIRST,
        reason: `an edit with a link${late ? ' long after sending' : ''}; what stood there before is not known`,
      };
    }
    const before = new Set(earlier.flatMap((trace) => trace.places ?? []));
    const added = placesOf(prepared).filter((place) => !before.has(place)).length;
    if (added === 0) return nothing('an edit that leads nowhere new');
    const replaced = leads && isFar(last.fingerprint, repeatKeyOf(prepared));
    return {
      weight: (leads ? ADDS_LINK : ADDS_HANDLE) + (replaced ? creditOf(input) : 0),
      reason: `an edit that adds ${added} way(s) out of the chat${replaced ? ' and replaces the text' : ''}`,
    };
  },
};

/** What the record speaks for the sender. */
function creditOf(input: CheckInput): number {
  return Math.max(0, -record.find(input).weight);
}
