import fc from 'fast-check';
import { anEvent } from '@chatwarden/testkit';
import { describe, expect, test } from 'vitest';
import { fingerprintDistance } from './fingerprint.ts';
import { prepare } from './prepare.ts';

const prepared = (message: object, sender: object = {}) => prepare(anEvent({ message, sender }));

describe('every way out of the chat is found', () => {
  test.each([
    ['a bare domain without an entity', { text: 'go to win.casino.com now' }, { host: 'win.casino.com' }],
    [
      'a link behind text',
      { text: 'here', entities: [{ type: 'text_link', offset: 0, length: 4, url: 'https://bad.example/x' }] },
      { host: 'bad.example', from: 'textLink' },
    ],
    [
      'a link in the guise of another',
      { text: 'google.com', entities: [{ type: 'text_link', offset: 0, length: 10, url: 'https://bad.example' }] },
      { host: 'bad.example', disguised: true },
    ],
    [
      'a button',
      { text: 'x', buttons: [{ text: 'Open', url: 'https://bad.example' }] },
      { host: 'bad.example', from: 'button' },
    ],
    ['a preview', { text: '.', linkPreview: { url: 'https://bad.example' } }, { host: 'bad.example', from: 'preview' }],
    ['a Telegram link', { text: 'https://t.me/easy_money' }, { host: 't.me', handle: 'easy_money' }],
    ['punycode', { text: 'https://xn--80ak6aa92e.com' }, { lookAlikeHost: true }],
  ])('%s', (_name, message, link) => {
    expect(prepared(message).links).toContainEqual(expect.objectContaining(link));
  });

  test('blanks that nobody sees are no part of an address', () => {
    const text = 'bonus at win.example\u2800\u2800';
    const entities = [{ type: 'url', offset: 9, length: 13 }];
    expect([...new Set(prepared({ text, entities }).links.map((link) => link.host))]).toEqual(['win.example']);
  });

  test('a link in the name', () => {
    expect(prepared({ text: 'hi' }, { name: 'Win at t.me/easy_money' }).links).toContainEqual(
      expect.objectContaining({ from: 'name' }),
    );
  });

  test.each(['see file.txt', 'it costs 3.50', 'и т.д. и т.п.', 'v1.2.3 is out'])('no link: %s', (text) => {
    expect(prepared({ text }).links).toEqual([]);
  });

  test('mentions', () => {
    const entities = [{ type: 'mention', offset: 3, length: 9 }];
    expect(prepared({ text: 'hi @ann_field', entities: [{ ...entities[0], length: 10 }] }).mentions).toEqual([
      'ann_field',
    ]);
  });
});

describe('fingerprints', () => {
  const text = 'earn from 500 dollars a week with our team, no experience needed, write to the manager today';

  test('copies that differ in a number are near, other texts are far', () => {
    const a = prepared({ text }).fingerprint ?? '';
    const b = prepared({ text: text.replace('500', '700') }).fingerprint ?? '';
    const c =
      prepared({ text: 'the tomatoes on the balcony are ripe and we are going to make soup out of all of them' })
        .fingerprint ?? '';
    expect(fingerprintDistance(a, b)).toBeLessThan(12);
    expect(fingerprintDistance(a, c)).toBeGreaterThan(16);
  });

  test('short answers have none', () => {
    expect(prepared({ text: 'thank you!' }).fingerprint).toBeUndefined();
  });

  test('copies share keys: hosts, files, phones, handles', () => {
    const keys = prepared({
      text: 'bad.com',
      media: [{ kind: 'photo', fileUniqueId: 'F' }],
      contactPhone: '+1 (2) 3',
    }).campaignKeys;
    expect(keys).toEqual(expect.arrayContaining(['host:bad.com', 'file:F', 'phone:123']));
  });
});

test('any message can be prepared', () => {
  const message = fc.record({
    text: fc.string({ unit: 'binary' }),
    entities: fc.array(
      fc.record({
        type: fc.constantFrom('url', 'mention', 'text_link', 'odd'),
        offset: fc.nat(50),
        length: fc.nat(50),
        url: fc.webUrl(),
      }),
    ),
  });
  fc.assert(
    fc.property(message, (parts) => {
      expect(prepared(parts)).toEqual(prepared(parts));
    }),
  );
});
