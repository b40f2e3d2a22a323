/** Who may steer a chat from outside: a part of the Store port. */
import type { Millis } from '@chatwarden/contracts';

export interface OpenedClaim {
  /** `taken`: another claimant has proven it. */
  state: 'proven' | 'open' | 'taken';
  /** Who has it; of an open claim, who asked. */
  claimant: string;
  /** Of an open claim: what the chat's owner is to send. */
  code?: string;
  expiresAt?: Millis;
}

/**
 * Chat ids may be former ones: a chat that Telegram moved has the claims of all its ids, and of two proven ones the
 * elder counts.
 */
export interface Claims {
  /** Whoever asks again finds the same answer, and the same code until it expires. Writes only when there is a new one. */
  openClaim(claim: { chatId: number; claimant: string; code?: string; at: Millis }): Promise<OpenedClaim>;
  /** The code as a person typed it. `alreadyTaken`: someone else has proven the chat; `proven` again for who has it. */
  proveClaim(proof: {
    chatId: number;
    code: string;
    at: Millis;
  }): Promise<'proven' | 'wrongCode' | 'expired' | 'alreadyTaken'>;
  /** The chat's owner takes it back from whoever has proven it. Resolves to false when nobody had. */
  revokeClaim(chat: { chatId: number }): Promise<boolean>;
  /** Ends the claim, open or proven; harmless when there is none. */
  releaseClaim(claim: { chatId: number; claimant: string }): Promise<void>;
}
