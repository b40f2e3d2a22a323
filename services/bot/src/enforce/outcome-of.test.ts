import { NOON } from '@chatwarden/testkit';
import { describe, expect, test } from 'vitest';
import { TelegramError, toProblem } from '../telegram/telegram-error.ts';
import { settle } from './outcome-of.ts';

const refused = (description: string, error_code = 400) =>
  new TelegramError('m', toProblem({ error_code, description }));
const failed = (error: unknown, over = {}) => settle({ error, now: NOON, tries: 1, repeatable: true, ...over });

describe('what a failed call means', () => {
  test.each([
    ['Bad Request: message to delete not found', 'skipped', 'messageGone'],
    ['Bad Request: user is an administrator of the chat', 'skipped', 'senderIsAdministrator'],
    ["Bad Request: can't remove chat owner", 'skipped', 'senderIsAdministrator'],
    ["Bad Request: message can't be deleted for everyone", 'failed', 'messageTooOld'],
    ['Bad Request: something new', 'failed', 'refused'],
  ])('%s is %s', (description, result, code) => {
    expect(failed(refused(description))).toEqual({ outcome: { result, code, text: description } });
  });

  test('Telegram asking for a pause means again after it, and rests the lane', () => {
    const error = new TelegramError(
      'm',
      toProblem({ error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 7 } }),
    );
    expect(failed(error)).toEqual({ again: true, notBefore: NOON + 7000, pause: true });
  });

  test('no answer means again, later and later', () => {
    const away = refused('Bad Gateway', 502);
    expect(failed(away)).toEqual({ again: true, notBefore: NOON + 1000 });
    expect(failed(away, { tries: 30 })).toEqual({ again: true, notBefore: NOON + 60_000 });
  });

  test.each([
    'Bad Request: not enough rights to restrict/unrestrict chat member',
    "Bad Request: message can't be deleted",
  ])('rights may come back: %s is tried again, seldom', (description) => {
    expect(failed(refused(description))).toEqual({ again: true, notBefore: NOON + 60_000 });
    expect(failed(refused(description), { tries: 30 })).toEqual({ again: true, notBefore: NOON + 900_000 });
    expect(failed(refused(description), { repeatable: false })).toMatchObject({ outcome: { code: 'noRights' } });
  });

  test('a chat that has moved is named with its new id', () => {
    const parameters = { migrate_to_chat_id: -100_200 };
    const error = new TelegramError('m', toProblem({ error_code: 400, description: 'moved', parameters }));
    expect(failed(error)).toEqual({ again: true, notBefore: NOON, migratedTo: -100_200 });
  });

  test('no answer to a notice is its end: it may have been seen', () => {
    expect(failed(new Error('socket hang up'), { repeatable: false })).toMatchObject({
      outcome: { code: 'unknownOutcome' },
    });
  });

  test('a paused notice is sent after the pause: nothing had happened', () => {
    const error = new TelegramError('m', { kind: 'retryAfter', seconds: 3, text: '' });
    expect(failed(error, { repeatable: false })).toMatchObject({ again: true });
  });
});
