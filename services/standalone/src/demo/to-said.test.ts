import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.ts';
import { toSaid } from './to-said.ts';

const NOW_S = 1_800_000_000;
const said = (speech: Parameters<typeof toSaid>[0]) =>
  toSaid(speech, { random: seededRandom(1), nowS: NOW_S, album: 'a1' });

describe('what is said', () => {
  it('is plain text without entities, so that Telegram finds them', () => {
    expect(said('hello')).toEqual({ text: 'hello' });
  });

  it('marks the words of a link and of a spoiler', () => {
    const message = said({
      text: 'see my photos, secret',
      links: [{ on: 'photos', to: 'https://x.example' }],
      spoiler: 'secret',
    });
    expect(message.entities).toEqual([
      { type: 'text_link', offset: 7, length: 6, url: 'https://x.example' },
      { type: 'spoiler', offset: 15, length: 6 },
    ]);
    expect(() => said({ text: 'a', spoiler: 'b' })).toThrow('"b" does not stand in "a"');
  });

  it('is a caption under media, and album parts share a group', () => {
    const message = said({ text: 'two', media: 'photo', album: true, links: [{ on: 'two', to: 'https://x.example' }] });
    expect(message).toMatchObject({
      caption: 'two',
      media_group_id: 'a1',
      caption_entities: [{ offset: 0, length: 3 }],
    });
    expect(message).not.toHaveProperty('text');
    expect(said({ media: 'photo' })).not.toHaveProperty('media_group_id');
  });

  it.each(['video', 'voice', 'document', 'sticker'] as const)('can be a %s', (media) => {
    expect(said({ media })).toHaveProperty(media);
  });

  it('can be forwarded from a channel or a hidden person, in the past', () => {
    const fromChannel = said({ text: 'x', forwardedFrom: { channel: 'News' } });
    expect(fromChannel.forward_origin).toMatchObject({ type: 'channel', chat: { type: 'channel', title: 'News' } });
    expect(fromChannel.forward_origin?.date).toBeLessThan(NOW_S);
    const again = said({ text: 'y', forwardedFrom: { channel: 'News' } }).forward_origin;
    expect(again).toMatchObject({ chat: { id: (fromChannel.forward_origin as { chat: { id: number } }).chat.id } });
    expect(said({ text: 'x', forwardedFrom: { person: 'Ann' } }).forward_origin).toMatchObject({
      type: 'hidden_user',
      sender_user_name: 'Ann',
    });
  });

  it('can carry buttons, sent through an inline bot', () => {
    expect(said({ text: 'x', viaBot: 'Gift Demo', buttons: [['Take', 'https://x.example']] })).toMatchObject({
      via_bot: { username: 'GiftDemo_bot', is_bot: true },
      reply_markup: { inline_keyboard: [[{ text: 'Take', url: 'https://x.example' }]] },
    });
  });

  it('can quote a post elsewhere, or show a preview of a link that is not in the text', () => {
    expect(said({ text: 'x', quotes: { channel: 'Ads', words: 'buy' } })).toMatchObject({
      external_reply: { origin: { type: 'channel' }, chat: { title: 'Ads' } },
      quote: { text: 'buy', is_manual: true },
    });
    expect(said({ text: '.', preview: 'https://x.example' }).link_preview_options?.url).toBe('https://x.example');
  });

  it('can be a contact card, a draw, a poll or a story', () => {
    expect(said({ contact: { name: 'Ann', phone: '+1' } }).contact).toEqual({ first_name: 'Ann', phone_number: '+1' });
    expect(said({ giveaway: { channel: 'Gifts', prize: 'A car', winners: 2 } }).giveaway).toMatchObject({
      winner_count: 2,
      prize_description: 'A car',
    });
    expect(said({ poll: { question: 'Q', options: ['a', 'b'] } }).poll).toMatchObject({
      question: 'Q',
      options: [{ text: 'a' }, { text: 'b' }],
    });
    expect(said({ story: { channel: 'Mia' } }).story).toMatchObject({ chat: { title: 'Mia' } });
  });
});
