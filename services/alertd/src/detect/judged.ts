/** One event of a batch with what became of it. */
import type { ChatEvent, Id, Judgement, SenderContext } from '@chatwarden/contracts';
import type { Sighting } from '@chatwarden/store';

export interface Judged {
  event: ChatEvent;
  judgement: Judgement;
  next: SenderContext;
  /** What copies of its words share; absent for a text too poor to have copies. */
  textDigest?: Id;
  /** What it leaves for messages after it that share something with it. */
  sightings: Sighting[];
}
