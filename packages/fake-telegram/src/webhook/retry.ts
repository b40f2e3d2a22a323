/** How long a failed update waits (tdlib/telegram-bot-api, WebhookActor::on_update_error): not at all the first time, then 2 s, doubling. */

/** Telegram draws a number between 60 and 120; the lowest makes tests repeatable. */
const DELAY_MAX_S = 60;
const RETRY_AFTER_MAX_S = 3600;

export interface Attempts {
  failed: number;
  /** The last delay that was doubled. */
  delayS: number;
}

export const NO_ATTEMPTS: Attempts = { failed: 0, delayS: 1 };

/** `retryAfterS` is what the bot asked for, 0 when it did not: then it counts instead, and nothing is doubled. */
export function afterFailure({ failed, delayS }: Attempts, retryAfterS: number): Attempts & { waitS: number } {
  const asked = Math.min(Math.max(retryAfterS, 0), RETRY_AFTER_MAX_S);
  if (asked > 0 || failed === 0) return { failed: failed + 1, delayS, waitS: asked };
  const doubled = Math.min(delayS * 2, DELAY_MAX_S);
  return { failed: failed + 1, delayS: doubled, waitS: doubled };
}
