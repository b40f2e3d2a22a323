/** A bot to be tested: in groups it deletes what has a link in it, and says so once per person. */
import { Bot, GrammyError, HttpError } from 'grammy';

export interface NoLinksBotOptions {
  token: string;
  /** Where the Bot API is; Telegram's own unless stated. */
  apiRoot?: string;
  sleep?: (ms: number) => Promise<void>;
}

const TRIES = 5;
const RETRY_AFTER_MS = 1000;

export function createNoLinksBot({ token, apiRoot, sleep = realSleep }: NoLinksBotOptions): Bot {
  const bot = new Bot(token, apiRoot === undefined ? {} : { client: { apiRoot } });
  const warned = new Set<number>();

  bot.chatType(['group', 'supergroup']).on('message:entities:url', async (context) => {
    await insist(() => context.deleteMessage(), sleep);
    if (warned.has(context.from.id)) return;
    warned.add(context.from.id);
    await context.reply(`${context.from.first_name}, no links here, please.`);
  });
  return bot;
}

/** Deleting twice does no harm, so whatever may have failed on the way is tried again. */
async function insist(call: () => Promise<unknown>, sleep: (ms: number) => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await call();
      return;
    } catch (error) {
      if (isGone(error)) return;
      if (tries === TRIES || !isWorthAnotherTry(error)) throw error;
      await sleep(retryAfterMs(error));
    }
  }
}

const isGone = (error: unknown) =>
  error instanceof GrammyError && error.description.includes('message to delete not found');

const isWorthAnotherTry = (error: unknown) =>
  error instanceof HttpError || (error instanceof GrammyError && (error.error_code === 429 || error.error_code >= 500));

function retryAfterMs(error: unknown): number {
  const retryAfterS = error instanceof GrammyError ? error.parameters.retry_after : undefined;
  return retryAfterS === undefined ? RETRY_AFTER_MS : retryAfterS * 1000;
}

const realSleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
