/**
 * Copies of a message share an answer. Two questions are the same when they show the same words, whatever the case, the
 * disguise of letters, digits, emoji and punctuation between them; hosts are words too. A looser likeness, such as the
 * fingerprint of campaigns, could be forged so that an honest message gets the answer to a bad one.
 */
import type { Id, Key } from '@chatwarden/contracts';
import { fold } from '@chatwarden/detector';
import { contentDigest } from '@chatwarden/keys';
import { PROMPT_VERSION, type Question } from './prompt.ts';

const DIGITS = /\p{Nd}+/gu;
const BETWEEN_WORDS = /[^\p{L}\p{M}0]+/gu;

/** `key` is the group's, for digests: nobody else can tell which message an answer belongs to. */
export function questionKey(key: Key, { shown, groupPrompt }: Question, model: string): Id {
  const words = JSON.stringify(shown);
  const essence = fold(words).text.replace(DIGITS, '0').replace(BETWEEN_WORDS, ' ');
  return contentDigest(key, JSON.stringify([PROMPT_VERSION, model, groupPrompt, essence]));
}
