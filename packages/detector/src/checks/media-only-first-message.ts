import type { MediaKind } from '@chatwarden/contracts';
import { messageOf, nothing, type Check } from './check.ts';

/** Pictures can hold a whole advert; a voice or a sticker seldom does. */
const WEIGHTS: Readonly<Record<MediaKind, number>> = {
  photo: 0.7,
  video: 0.8,
  animation: 0.7,
  videoNote: 0.7,
  livePhoto: 0.7,
  document: 0.6,
  audio: 0.6,
  voice: 0.3,
  sticker: 0.3,
  paidMedia: 0.8,
};

/** Whoever answers somebody with a picture takes part in talk. */
const ANSWER_FACTOR = 0.5;

export const mediaOnlyFirstMessage: Check = {
  name: 'mediaOnlyFirstMessage',
  describe: 'A first message without a word: a picture, a video or a file alone',
  weights: [0.15, 0.8],
  find: ({ prepared, context }) => {
    const message = messageOf(prepared);
    const { standing, sender } = context;
    const first = sender.allowedCount === 0 && (standing === 'none' || standing === 'sanctioned');
    const kind = message?.media[0]?.kind;
    if (!message || !first || kind === undefined || prepared.folded.facts.letters > 0) {
      return nothing('not a first message of media alone');
    }
    const weight = WEIGHTS[kind] * (message.replyTo ? ANSWER_FACTOR : 1);
    return { weight, reason: `a first message that is a ${kind} alone` };
  },
};
