import { firstContext, type Context } from '@chatwarden/contracts';
import { NOON } from '@chatwarden/testkit';
import { describe, expect, test } from 'vitest';
import { judged, type Judging } from '../../test/judging.ts';
import { CHECKS } from './all-checks.ts';
import { runCheck } from './check.ts';
import { aPolicy } from '@chatwarden/testkit';
import { wildcardIn } from './wildcard.ts';

const standing = (value: Context['standing']): Partial<Context> => ({ standing: value });
const channel = { type: 'channel', chatId: -5, username: 'deals' } as const;
const walls = (n: number) =>
  Array.from({ length: n }, (_, at) => ({ type: 'custom_emoji', offset: at * 2, length: 2, customEmojiId: 'e' }));

function resultOf(name: string, judging: Judging) {
  const { prepared } = judged(judging);
  const check = CHECKS.find((one) => one.name === name);
  if (!check) throw new Error(`no check ${name}`);
  const context = { ...firstContext(NOON), ...judging.context };
  return runCheck(check, { prepared, context, policy: aPolicy(judging.policy) });
}

/** Each check once where it fires and once on the honest message nearest to that. */
const CASES: readonly (readonly [name: string, fires: Judging, honest: Judging])[] = [
  [
    'blockedList',
    { message: { text: 'buy followers' }, policy: { blocked: [{ kind: 'phrase', value: 'buy foll*' }] } },
    { message: { text: 'goodbye followers' }, policy: { blocked: [{ kind: 'word', value: 'buy' }] } },
  ],
  ['links', { message: { text: 'https://t.me/easy_money' } }, { message: { text: 'https://github.com/a/b' } }],
  [
    'hiddenLinks',
    { message: { text: '.', linkPreview: { url: 'https://bad.example' } } },
    { message: { text: 'https://good.example', linkPreview: { url: 'https://good.example' } } },
  ],
  [
    'mentions',
    { message: { text: '\u200b', entities: [{ type: 'text_mention', offset: 0, length: 1, userId: 3 }] } },
    { message: { text: 'Ann, look', entities: [{ type: 'text_mention', offset: 0, length: 3, userId: 3 }] } },
  ],
  ['lookAlikes', { message: { text: 'cаsinо' } }, { message: { text: 'casino' } }],
  [
    'invisibleCharacters',
    { message: { text: 'c\u200ba\u200bs\u200bi\u200bn\u200bo' } },
    { message: { text: 'family 👨‍👩‍👧' } },
  ],
  ['spacedLetters', { message: { text: 'к а з и н о' } }, { message: { text: 'я и ты' } }],
  [
    'emoji',
    { message: { text: '🎰🎰🎰🎰🎰🎰🎰🎰🎰 win big money today' } },
    { message: { text: '😂😂😂😂😂😂😂😂😂' } },
  ],
  ['emoji', { message: { text: 'x', entities: walls(9) } }, { message: { text: 'x', entities: walls(2) } }],
  ['forwards', { message: { text: 'x', forward: channel } }, { message: { text: 'x' } }],
  [
    'keyboards',
    { message: { text: 'x', buttons: [{ text: 'Open', url: 'https://a.example' }] } },
    { message: { text: 'x', viaBot: { id: 3 } } },
  ],
  [
    'externalReplies',
    { message: { text: 'x', externalReply: { origin: channel, otherChat: true, media: [] } } },
    { message: { text: 'x', externalReply: { origin: channel, otherChat: false, media: [] } } },
  ],
  ['channelSender', { sender: { as: 'channel' } }, { sender: { as: 'user' } }],
  [
    'attachments',
    { message: { text: '', attachments: ['giveaway'] } },
    { message: { text: '', attachments: ['location'] } },
  ],
  [
    'attachments',
    { message: { text: '', media: [{ kind: 'paidMedia' }] } },
    { message: { text: '', media: [{ kind: 'photo' }] } },
  ],
  [
    'firstComment',
    { message: { text: 'x', replyTo: { messageId: 1, automaticForward: true, sentAt: NOON - 1000 } } },
    { message: { text: 'x', replyTo: { messageId: 1, automaticForward: true, sentAt: NOON - 60_000 } } },
  ],
  ['names', { sender: { name: 'Earn at t.me/easy_money' } }, { sender: { name: 'Ann Example' } }],
  ['names', { sender: { name: 'Ann 🎰🎰🎰' } }, { sender: { name: 'Ann 🌷' } }],
  [
    'edits',
    { kind: 'MessageEdited', message: { text: 'https://bad.example', editedAt: NOON } },
    { kind: 'MessageEdited', message: { text: 'a typo', editedAt: NOON } },
  ],
  ['record', { context: standing('sanctioned') }, { context: standing('approved') }],
  [
    'record',
    { context: { priorOffences: 2 } },
    { context: { sender: { ...firstContext(NOON).sender, allowedCount: 9 } } },
  ],
];

describe('each check fires on its trick and not on what is nearest to it', () => {
  test.each(CASES)('%s', (name, fires, honest) => {
    const [hit, miss] = [resultOf(name, fires), resultOf(name, honest)];
    expect([hit.fired, miss.fired]).toEqual([true, false]);
    expect([hit.reason, miss.reason]).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\w/)]);
  });

  test('names are unique, and each check says what it looks for', () => {
    expect(new Set(CHECKS.map((check) => check.name)).size).toBe(CHECKS.length);
    expect(CHECKS.every((check) => check.describe.length > 10)).toBe(true);
  });

  test('the policy turns a check off, or makes it weigh more', () => {
    const message = { text: 'к а з и н о' };
    expect(
      resultOf('spacedLetters', { message, policy: { checks: { spacedLetters: { enabled: false, factor: 1 } } } })
        .weight,
    ).toBe(0);
    const twice = resultOf('spacedLetters', {
      message,
      policy: { checks: { spacedLetters: { enabled: true, factor: 2 } } },
    });
    expect(twice.weight).toBe(2 * resultOf('spacedLetters', { message }).weight);
  });
});

describe("the group's lists", () => {
  test.each([
    ['domain', 'casino.com', { message: { text: 'see www.win.casino.com' } }],
    ['user', '@ann', { sender: { username: 'Ann' } }],
    ['channel', '@deals', { message: { text: 'x', forward: channel } }],
    ['channel', '-77', { sender: { as: 'channel', id: -77 } }],
    ['word', 'казино', { message: { text: 'лучшее кaзинo тут' } }],
  ] as const)('%s %s', (kind, value, judging) => {
    expect(resultOf('blockedList', { ...judging, policy: { blocked: [{ kind, value }] } } as Judging).fired).toBe(true);
  });

  test('an entry ends when it expires', () => {
    const blocked = [{ kind: 'word' as const, value: 'roses', expiresAt: NOON }];
    expect(resultOf('blockedList', { message: { text: 'roses' }, policy: { blocked } }).fired).toBe(false);
  });

  test('an allowed entry weighs against spam', () => {
    const allowed = [{ kind: 'domain' as const, value: 'shop.com' }];
    expect(resultOf('allowedList', { message: { text: 'shop.com' }, policy: { allowed } }).weight).toBeLessThan(0);
  });
});

describe('wildcards', () => {
  test.each([
    { text: 'free money now', pattern: 'free*now', wholeWords: true, found: true },
    { text: 'free money', pattern: 'free*now', wholeWords: true, found: false },
    { text: 'carefree', pattern: 'free', wholeWords: true, found: false },
    { text: 'carefree', pattern: '*free', wholeWords: true, found: true },
    { text: 'freedom', pattern: 'free', wholeWords: false, found: true },
    { text: 'freedom', pattern: 'free*', wholeWords: true, found: true },
    { text: 'anything', pattern: '*', wholeWords: true, found: false },
  ])('$text against $pattern, whole words $wholeWords: $found', ({ text, pattern, wholeWords, found }) => {
    expect(wildcardIn(text, pattern, { wholeWords })).toBe(found);
  });
});
