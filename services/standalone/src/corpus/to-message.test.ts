import { describe, expect, it } from 'vitest';
import { TEXT_MAX, toMessage } from './to-message.ts';

const NOW_S = 1_800_000_000;
const message = (text: string, meta?: Record<string, unknown>) =>
  toMessage({ text, label: 'spam', ...(meta ? { meta } : {}) }, NOW_S);

describe('a labelled message', () => {
  it('is said as it stands, slots and all', () => {
    expect(message('{a|b} costs {n}')).toEqual({ said: { text: '{a|b} costs {n}' }, wasCut: false });
  });

  it('without text is nothing to say', () => {
    expect(message('')).toBeNull();
    expect(message(' \n\t')).toBeNull();
  });

  it('is cut to what Telegram takes, never inside a character', () => {
    expect(message('x'.repeat(TEXT_MAX))).toMatchObject({ wasCut: false });
    const long = message(`${'x'.repeat(TEXT_MAX - 1)}😀`);
    expect(long).toMatchObject({ wasCut: true, said: { text: 'x'.repeat(TEXT_MAX - 1) } });
  });

  it('carries outside its text what its meta says', () => {
    expect(message('hi', { forward: 'channel', name: 'Casino', via_bot: true })).toMatchObject({
      senderName: 'Casino',
      said: { text: 'hi', forward_origin: { type: 'channel' }, via_bot: { is_bot: true } },
    });
    expect(message('hi', { forward: 'user' })?.said.forward_origin?.type).toBe('hidden_user');
    expect(message('hi', { quote: 'win {n}', hidden_link: 'https://x.example' })?.said).toMatchObject({
      quote: { text: 'win {n}' },
      external_reply: { origin: { type: 'channel' } },
      entities: [{ type: 'text_link', offset: 0, length: 2, url: 'https://x.example' }],
    });
    expect(message('hi', { buttons: ['Win https://x.example', 'https://y.example', 'Sunday'] })?.said).toMatchObject({
      reply_markup: {
        inline_keyboard: [
          [{ text: 'Win', url: 'https://x.example' }],
          [{ text: 'https://y.example', url: 'https://y.example' }],
          [{ text: 'Sunday', callback_data: 'corpus' }],
        ],
      },
    });
  });

  it('does not mind meta of other kinds', () => {
    expect(message('hi', { bio: 'x', name: '', quote: 7, forward: true })).toEqual({
      said: { text: 'hi' },
      wasCut: false,
    });
  });
});
