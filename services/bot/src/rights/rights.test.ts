import { describe, expect, test } from 'vitest';
import type { ChatMember } from '../telegram/telegram-api.ts';
import { describeRights, rightsOf } from './bot-rights.ts';
import { mayModerate, moderates } from './may-moderate.ts';

const member = (over: object) => over as ChatMember;

describe("the bot's rights", () => {
  test.each([
    [{ status: 'member' }, 'not an administrator'],
    [
      { status: 'administrator', can_delete_messages: true, can_restrict_members: true },
      'may delete messages and ban users',
    ],
    [{ status: 'administrator', can_delete_messages: false, can_restrict_members: true }, 'lacks "Delete messages"'],
    [{ status: 'administrator' }, 'lacks "Delete messages" and "Ban users"'],
    [{ status: 'creator' }, 'may delete messages and ban users'],
    [{ status: 'kicked' }, 'not in this group any more'],
  ])('%j: says what is missing and how to mend it', (status, words) => {
    expect(describeRights(rightsOf(member(status)))).toContain(words);
  });
});

describe('who may decide', () => {
  test.each([
    [{ status: 'creator' }, true],
    [{ status: 'administrator', can_restrict_members: true }, true],
    [{ status: 'administrator', can_restrict_members: false }, false],
    [{ status: 'member' }, false],
  ])('%j: %s', (status, expected) => {
    expect(moderates(member(status))).toBe(expected);
  });

  test('nobody is refused or allowed by guess when Telegram does not answer', async () => {
    const api = { getChatMember: () => Promise.reject(new Error('502')) };
    expect(await mayModerate(api, 1, 2)).toBe('unknown');
  });
});
