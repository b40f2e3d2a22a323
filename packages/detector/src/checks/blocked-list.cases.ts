import { CASE_TIME, type Case, type Cases } from './case.ts';

const blocking = (
  kind: 'word' | 'phrase' | 'domain' | 'user' | 'channel',
  value: string,
): Pick<Case, 'policy' | 'note'> => ({
  note: `the policy blocks the ${kind} "${value}"`,
  policy: { blocked: [{ kind, value }] },
});

export const cases: Cases = {
  fires: [
    { text: 'Лучшее кaзин0 города, заходи', ...blocking('word', 'казино') },
    { text: 'Buy fоllоwers cheap, fast delivery', ...blocking('phrase', 'buy follow*') },
    { text: 'more at www.win.lucky-spin.example', ...blocking('domain', 'lucky-spin.example') },
    { text: 'hi all', sender: { username: 'Promo_Ann' }, ...blocking('user', '@promo_ann') },
    {
      text: 'hot deals of the week',
      message: { forward: { type: 'channel', chatId: -5, username: 'deals' } },
      ...blocking('channel', '@deals'),
    },
    {
      text: '',
      message: { attachments: ['story'], attachmentChats: [{ type: 'channel', username: 'Deals' }] },
      ...blocking('channel', '@deals'),
    },
  ],
  honest: [
    { text: 'в казиношных фильмах всегда так', ...blocking('word', 'казино') },
    { text: 'I would not buy from his followers', ...blocking('phrase', 'buy follow*') },
    { text: 'see spin.example', ...blocking('domain', 'lucky-spin.example') },
    {
      text: 'казино закрыли ещё в десятом году',
      note: 'the entry has expired',
      policy: { blocked: [{ kind: 'word', value: 'казино', expiresAt: CASE_TIME }] },
    },
  ],
};
