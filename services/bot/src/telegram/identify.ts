/** Asks Telegram who we are, patiently: the Bot API server may start after us. */
import { Failure, messageOf, type Clock } from '@chatwarden/contracts';
import type { Logger } from '@chatwarden/daemon';
import { refusalCode } from './telegram-error.ts';
import type { TelegramApi } from './telegram-api.ts';

export interface IdentifyDeps {
  api: Pick<TelegramApi, 'getMe'>;
  clock: Clock;
  log: Logger;
}

const RETRY_FIRST_MS = 500;
const RETRY_MAX_MS = 30_000;

/** Null when the signal aborts first. Rejects with Failure `unauthorized` (never) when the token is refused. */
export async function identify(
  { api, clock, log }: IdentifyDeps,
  signal: AbortSignal,
): Promise<{ id: number; username: string } | null> {
  for (let tries = 0; !signal.aborted; tries += 1) {
    try {
      const me = await api.getMe(signal);
      if (typeof me.id !== 'number') throw new Error('getMe did not tell an id');
      log.info({ botId: me.id }, `Telegram knows this bot as @${me.username}`);
      return { id: me.id, username: me.username ?? '' };
    } catch (error) {
      if (signal.aborted) return null;
      const code = refusalCode(error);
      if (code === 'unauthorized' || code === 'methodUnknown') {
        throw new Failure('unauthorized', 'never', {
          message: 'Telegram does not accept TELEGRAM_BOT_TOKEN; ask @BotFather for the current token',
          cause: error,
        });
      }
      const waitMs = Math.min(RETRY_FIRST_MS * 2 ** tries, RETRY_MAX_MS);
      log.warn({ err: error, waitMs }, `waiting for the Bot API server: ${messageOf(error)}`);
      await clock.sleep(waitMs, signal);
    }
  }
  return null;
}
