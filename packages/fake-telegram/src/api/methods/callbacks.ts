/** Answers to pressed inline buttons. */
import { recordEffect } from '../../world/world.ts';
import type { Methods } from '../call.ts';
import { badRequest } from '../errors.ts';

/** How long the presser's app waits. Observed, not documented; Telegram refuses answers that come later. */
const ANSWER_WITHIN_MS = 15_000;

export const callbackMethods = {
  answerCallbackQuery({ world, bot }, input) {
    const press = world.presses.get(input.text('callback_query_id') ?? '');
    const nowMs = world.clock.now();
    const open = press?.botId === bot.user.id && press.answeredAtMs === undefined;
    if (!press || !open || nowMs - press.pressedAtMs > ANSWER_WITHIN_MS) {
      throw badRequest('query is too old and response timeout expired or query ID is invalid');
    }
    const text = input.text('text');
    const url = input.text('url');
    press.answeredAtMs = nowMs;
    press.answer = {
      ...(text === undefined ? {} : { text }),
      showAlert: input.flag('show_alert'),
      ...(url === undefined ? {} : { url }),
    };
    const { chatId, messageId, userId } = press;
    const said = text === undefined ? {} : { text };
    recordEffect(world, { kind: 'pressAnswered', chatId, messageId, userId, byId: bot.user.id, ...said });
    return true;
  },
} satisfies Methods;
