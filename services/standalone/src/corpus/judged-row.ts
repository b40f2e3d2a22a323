/** A labelled message and what became of it. */
import type { Label } from '@chatwarden/training';

/** Deleted, asked about with a card, or left alone. */
export type Outcome = 'act' | 'ask' | 'allow';

export interface JudgedRow {
  text: string;
  label: Label;
  lang?: string;
  outcome: Outcome;
  chatId: number;
  messageId: number;
}
