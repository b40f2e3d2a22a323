/** The set of words that training met often enough to say that it knows a language. */
import { addKnown, KNOWN_BYTES } from '@chatwarden/detector';
import type { Sample } from './to-samples.ts';

/** Once may be a name or a slip. */
const MESSAGES_MIN = 2;

export function knownWords(samples: readonly Pick<Sample, 'words'>[]): Uint8Array {
  const messages = new Map<number, number>();
  for (const sample of samples) {
    for (const word of new Set(sample.words)) messages.set(word, (messages.get(word) ?? 0) + 1);
  }
  const known = new Uint8Array(KNOWN_BYTES);
  for (const [word, count] of messages) if (count >= MESSAGES_MIN) addKnown(known, word);
  return known;
}
