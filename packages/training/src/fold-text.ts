/** A text of a corpus as production's `prepare` folds it, so that training, evaluation and judging see the same. */
import { prepare, type Folded } from '@chatwarden/detector';
import { toEvent } from './to-event.ts';

export function foldText(text: string): Folded {
  return prepare(toEvent({ text })).folded;
}
