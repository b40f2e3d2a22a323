/** A token with a webhook cannot be polled. Somebody set it for a reason, so it is named and left alone unless asked. */
import { Failure, messageOf } from '@chatwarden/contracts';
import type { Logger } from '@chatwarden/daemon';
import type { TelegramApi } from './telegram-api.ts';

export interface FreeWebhookDeps {
  api: Pick<TelegramApi, 'getWebhookInfo' | 'deleteWebhook'>;
  log: Logger;
}

/** Rejects with Failure `webhookIsSet` (never). A server that does not answer the question is taken to have none. */
export async function freeWebhook({ api, log }: FreeWebhookDeps, { takeOver }: { takeOver: boolean }): Promise<void> {
  const url = await webhookUrl(api, log);
  if (!url) return;
  if (!takeOver) {
    throw new Failure('webhookIsSet', 'never', {
      message: `a webhook is set for this token: ${url}. It is left alone; set TAKE_OVER_WEBHOOK=1 to remove it and poll instead`,
    });
  }
  await api.deleteWebhook();
  log.warn(`removed the webhook ${url}, as TAKE_OVER_WEBHOOK says; updates that waited for it are kept`);
}

async function webhookUrl(api: FreeWebhookDeps['api'], log: Logger): Promise<string> {
  try {
    return (await api.getWebhookInfo()).url ?? '';
  } catch (error) {
    log.info(`could not ask for a webhook: ${messageOf(error)}`);
    return '';
  }
}
