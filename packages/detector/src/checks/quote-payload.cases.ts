import type { Cases } from './case.ts';

const quoting = (text: string, otherChat: boolean) => ({
  note: `quotes ${otherChat ? 'another chat' : 'this group'}: "${text}"`,
  message: {
    quote: { text, manual: true },
    externalReply: { origin: { type: 'channel' as const, chatId: -100_777 }, otherChat, media: [] },
  },
});

export const cases: Cases = {
  fires: [
    { text: 'Спасибо за совет!', ...quoting('Пишите менеджеру @dohod_bez_riska, места ограничены', true) },
    { text: 'it really paid me', ...quoting('Join https://t.me/+QuickCash today', true) },
    { text: 'кто знает, правда ли это?', ...quoting('Набираем людей на удалённую работу, выплаты каждый день', true) },
  ],
  honest: [
    { text: 'и я так думаю', ...quoting('пишите старосте @dom_12_starosta', false) },
    {
      text: '+1',
      note: 'quotes this group',
      message: { quote: { text: 'see https://a.example', manual: true }, replyTo: { messageId: 2 } },
    },
    { text: '"Join today", it said, and I did not' },
  ],
};
