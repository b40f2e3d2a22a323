import { expect, test } from 'vitest';
import { aCommunity, until } from './a-community.ts';

const SPAM = 'FREE CASINO BONUS 500$ today only t.me/lucky_bonus_bot';
const LENGTH_MAX = 4096;

const entitiesOf = (count: number, over: object = {}) =>
  Array.from({ length: count }, (_, n) => ({ type: 'bold', offset: n % 4000, length: 1, ...over }));

/** What a hostile client can make of the fields of a message, each within what Telegram lets through or beyond it. */
const ODD: readonly (readonly [name: string, message: Record<string, unknown>])[] = [
  ['4,096 combining marks on one letter', { text: `a${'\u0301'.repeat(LENGTH_MAX - 1)}` }],
  ['nothing but zero-width characters', { text: '\u200b\u200d\u2060\ufeff'.repeat(1000) }],
  ['right-to-left overrides around every letter', { text: 'с\u202eа\u202cз\u2066и\u2069'.repeat(400) }],
  ['halves of surrogate pairs', { text: `\ud83c broken \udf08 ${'\ud800'.repeat(500)}` }],
  ['NUL and other control characters', { text: `a\0b\u0001c${'\0'.repeat(1000)}` }],
  ['10,000 entities', { text: 'x'.repeat(LENGTH_MAX), entities: entitiesOf(10_000) }],
  ['entities that point outside the text', { text: 'short', entities: entitiesOf(50, { offset: 1e9, length: 1e9 }) }],
  ['entities of negative length', { text: 'short', entities: entitiesOf(5, { offset: -5, length: -1 }) }],
  ['entities that are none', { text: 'short', entities: [null, 7, 'bold', {}, { type: 5 }] }],
  ['links that are none', { text: 'x', entities: entitiesOf(20, { type: 'text_link', url: 'http://[::bad' }) }],
  ['a thousand links', { text: 'https://a.example/x '.repeat(200) }],
  ['a host of a hundred thousand characters', { text: `https://${'a'.repeat(100_000)}.example` }],
  ['one word of a hundred thousand dots', { text: '.'.repeat(100_000) }],
  ['letters spaced apart for ever', { text: 'к а з и н о '.repeat(5000) }],
  ['every mathematical alphabet', { text: '𝐜𝑎𝓼𝔦𝕟𝘰 𝙘𝚊ｓｉｎｏ '.repeat(200) }],
  ['a name of marks', { text: 'hello', from_name: '\u0301'.repeat(5000) }],
  ['numbers where words belong', { text: 12_345 }],
  ['an object where a text belongs', { text: { deep: { er: [] } } }],
  ['buttons that are none', { text: 'x', reply_markup: { inline_keyboard: [[null, { text: 5 }], 'row'] } }],
  ['a quote without its message', { text: 'x', quote: { text: '\ud800', position: -1 } }],
  ['a forward from nowhere', { text: 'x', forward_origin: { type: 'brand_new', date: 'soon' } }],
  ['a reply to a chat that is none', { text: 'x', external_reply: { origin: null, chat: 'me' } }],
  ['a caption of another kind', { photo: [{}], caption: ['a', 'b'] }],
  ['nothing at all', {}],
];

test('odd messages stop nothing: each is judged or skipped with a reason, and spam behind them goes', async () => {
  const { app, fake, chat, member, spammer } = await aCommunity();
  const { human, record } = fake;
  for (const [, { from_name: _name, ...message }] of ODD) {
    human.talk({ chat, from: member, message: message as { text: string } });
  }
  const spam = human.talk({ chat, from: spammer, message: { text: SPAM } }).message_id;
  await until(() => record.effects.some(({ kind, messageId }) => kind === 'messageDeleted' && messageId === spam));
  await until(() => record.deliveries.every((delivery) => delivery.confirmedAtMs !== undefined));

  const metrics = await (await fetch(`${app.healthUrl}/metrics`)).text();
  const malformed = Number(/updates_ignored_total\{[^}]*reason="malformed"[^}]*\} (\d+)/.exec(metrics)?.[1] ?? 0);
  const dead = await app.store.sql.query<{ id: string; reason: string }>(
    'test_dead',
    'select record_id as id, reason from dead_letter',
    [],
  );
  const judged = () => app.logStore.search({ dataset: 'chatwarden.verdict', limit: 200 });
  await until(async () => (await judged()).events.length + malformed + dead.length >= ODD.length + 1);
  expect(dead).toEqual([]);
  expect((await judged()).events.length + malformed).toBe(ODD.length + 1);
});
