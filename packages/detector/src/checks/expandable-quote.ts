import { isNewcomer, messageOf, nothing, type Check } from './check.ts';
import { coverOf } from './payload.ts';

/** Of the text; then nothing but a teaser stands outside. */
const MOST = 0.7;
/** Shorter quotes are shown whole. */
const LONG = 200;

export const expandableQuote: Check = {
  name: 'expandableQuote',
  describe: 'Quotes shown collapsed, in which a newcomer hides a way out of the chat or nearly the whole text',
  weights: [0.5, 1.6],
  find: ({ prepared, context }) => {
    const message = messageOf(prepared);
    const cover = message && coverOf(message.entities, 'expandable_blockquote');
    if (!message || !cover) return nothing('no collapsed quote');
    const newcomer = isNewcomer(context);
    if (cover.leads) return { weight: newcomer ? 1.6 : 0.5, reason: 'a way out of the chat in a collapsed quote' };
    const most = cover.covered >= LONG && cover.covered >= MOST * message.text.length;
    return most && newcomer
      ? { weight: 0.6, reason: 'nearly all of a newcomer’s text in a collapsed quote' }
      : nothing('a collapsed quote');
  },
};
