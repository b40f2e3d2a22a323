/** One event of a batch with what became of it. */
import type { ChatEvent, Judgement, SenderContext } from '@chatwarden/contracts';

export interface Judged {
  event: ChatEvent;
  judgement: Judgement;
  next: SenderContext;
  /** The sender had no record when the message came. */
  isNewcomer: boolean;
}
