import { known, type Cases } from './case.ts';

const via = (username: string) => ({ note: `sent through @${username}`, message: { viaBot: { id: 31, username } } });

export const cases: Cases = {
  fires: [
    { text: 'Сигналы дня: https://signals.example', ...via('PostMakerBot') },
    { text: '🎁 You were chosen! t.me/star_gift_now', ...via('GiftCardsBot') },
    { text: 'Играй и выигрывай', ...via('spin_game_bot') },
  ],
  honest: [
    {
      text: '',
      note: 'an animation through @gif',
      message: { viaBot: { id: 3, username: 'gif' }, media: [{ kind: 'animation' }] },
    },
    { text: 'Tomato is a fruit, botanically', ...via('wiki') },
    { text: 'рейтинг фильма 7,4', ...via('kinobot'), ...known(5) },
  ],
};
