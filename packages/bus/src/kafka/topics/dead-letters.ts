/**
 * Poison goes to the topic `<topic>.dead`: who could not handle which record, why, and where it stands. The record itself
 * is left out, since it may hold the text of a message: it is read from its own topic for as long as that keeps it.
 */
import type { DeadLetter, DeadLetters } from '@chatwarden/contracts';
import { deadTopic } from '../connect/names.ts';
import type { Publisher } from '../produce/publisher.ts';

export function createTopicDeadLetters({ publishMessages }: Pick<Publisher, 'publishMessages'>): DeadLetters {
  const put = async (letters: readonly DeadLetter[]) => {
    for (const [topic, of] of Map.groupBy(letters, (letter) => letter.topic)) {
      await publishMessages(deadTopic(topic), of.map(toMessage));
    }
  };
  return { put };
}

function toMessage(letter: DeadLetter) {
  return { recordId: letter.recordId, message: { key: letter.recordId, value: JSON.stringify(letter) } };
}

/** Undefined for what is no dead letter. */
export function readDeadLetter(value: Buffer | null): DeadLetter | undefined {
  try {
    const letter = JSON.parse(String(value)) as Partial<DeadLetter> | null;
    const isOurs = typeof letter?.topic === 'string' && typeof letter.recordId === 'string';
    return isOurs ? (letter as DeadLetter) : undefined;
  } catch {
    return undefined;
  }
}
