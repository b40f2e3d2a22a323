/** Whatever a message is made of, every check answers, within the range that its row in the documentation states. */
import fc from 'fast-check';
import { firstContext, type Message } from '@chatwarden/contracts';
import { anEvent, aPolicy, NOON } from '@chatwarden/testkit';
import { expect, test } from 'vitest';
import { prepare } from '../index.ts';
import { CHECKS } from './all-checks.ts';
import { runCheck } from './check.ts';

const parts = fc.constantFrom(
  'привет ', 'casino ', 'c a s i n o ', 'кaзинo ', '@ann_field ', 't.me/easy_money ', 'https://xn--80ak6aa92e.com ',
  '\u200b', '\u202e', '𝐅𝐑𝐄𝐄 ', 'к4зин0 ', '🎰', 'z\u0336', '今天 ', 'https://github.com/a ', ' ', '.',
); // prettier-ignore
const text = fc.oneof(
  fc.array(parts, { maxLength: 30 }).map((all) => all.join('')),
  fc.string({ unit: 'binary' }),
);
const url = fc.oneof(fc.webUrl(), fc.constantFrom('tg://user?id=1', 'https://t.me/x_club', '', 'https://github.com'));
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });

const entity = fc.record({
  type: fc.constantFrom(
    'url',
    'text_link',
    'mention',
    'text_mention',
    'spoiler',
    'expandable_blockquote',
    'custom_emoji',
  ),
  offset: fc.nat(60),
  length: fc.nat(60),
  url,
});
const origin = fc.record({ type: fc.constantFrom('user', 'hiddenUser', 'chat', 'channel', 'unknown') });
const media = fc.record({
  kind: fc.constantFrom('photo', 'video', 'document', 'sticker', 'paidMedia'),
  fileName: fc.constantFrom('a.apk', 'photo.jpg.exe', 'x', '', '.'),
});
const attachment = fc.constantFrom(
  'contact',
  'poll',
  'story',
  'giveaway',
  'giveawayWinners',
  'game',
  'invoice',
  'checklist',
);

const message = fc.record({
  text,
  entities: fc.array(entity, { maxLength: 12 }),
  media: fc.array(media, { maxLength: 3 }),
  attachments: fc.array(attachment, { maxLength: 3 }),
  buttons: fc.array(fc.record({ text, url }), { maxLength: 3 }),
  attachmentText: optional(text),
  attachmentUrls: optional(fc.array(url, { maxLength: 3 })),
  forward: optional(origin),
  quote: optional(fc.record({ text, manual: fc.boolean() })),
  externalReply: optional(
    fc.record({ origin, otherChat: fc.boolean(), media: fc.array(fc.constant('photo')), linkPreviewUrl: url }),
  ),
  replyTo: optional(
    fc.record({ messageId: fc.nat(), automaticForward: fc.constant(true), sentAt: fc.constant(NOON - 1000) }),
  ),
  linkPreview: optional(fc.record({ url })),
  viaBot: optional(fc.record({ id: fc.nat(), username: fc.constantFrom('gif', 'other_bot') })),
  guestBot: optional(fc.constant(true)),
  scheduled: optional(fc.constant(true)),
  replyToStory: optional(fc.constant(true)),
  sentAt: optional(fc.constant(NOON - 1e7)),
});
const sender = fc.record({
  name: text,
  id: fc.constantFrom(5, 8_500_000_000),
  as: fc.constantFrom('user', 'bot', 'channel'),
  likeAdministrator: optional(fc.constantFrom('name', 'username')),
  tag: optional(text),
});
const context = fc.record({
  standing: fc.constantFrom('none', 'approved', 'cleared', 'sanctioned'),
  priorOffences: fc.nat(3),
  allowedCount: fc.nat(50),
  seen: fc.array(
    fc.record({
      id: fc.constantFrom('a', 'b'),
      at: fc.integer({ min: NOON - 10_000, max: NOON }),
      messageId: fc.constantFrom(1, 2),
      fingerprint: fc.constantFrom('0'.repeat(16), 'f'.repeat(16)),
    }),
    { maxLength: 20 },
  ),
});

test('any message is weighed by every check within its range', () => {
  fc.assert(
    fc.property(message, sender, context, fc.constantFrom('MessagePosted', 'MessageEdited'), (...given) => {
      const [said, by, { standing, priorOffences, ...remembered }, kind] = given;
      const event = anEvent({ message: said as Partial<Message>, sender: by as object, kind });
      const first = firstContext(NOON);
      const known = { ...first, standing, priorOffences, sender: { ...first.sender, ...remembered } };
      const input = { prepared: prepare(event), context: known, policy: aPolicy() };
      const strange = CHECKS.map((check) => ({ ...check, ...runCheck(check, input) })).filter(
        ({ weight, weights: [least, most], reason }) =>
          reason === '' ||
          !Number.isFinite(weight) ||
          (weight !== 0 && (weight < least - 1e-9 || weight > most + 1e-9)),
      );
      expect(strange.map(({ name, weight }) => `${name} ${weight}`)).toEqual([]);
    }),
    { numRuns: 1500 },
  );
});
