import type { Cases } from './case.ts';

const channel = { type: 'channel', chatId: -100_777, title: 'Easy Income Daily' } as const;

export const cases: Cases = {
  fires: [
    {
      text: 'Спасибо, всё получилось',
      note: 'in reply to a post of another channel with a preview of https://signals.example',
      message: {
        externalReply: { origin: channel, otherChat: true, media: [], linkPreviewUrl: 'https://signals.example' },
      },
    },
    {
      text: 'wow, it works',
      note: 'in reply to a photo of another channel',
      message: { externalReply: { origin: channel, otherChat: true, media: ['photo'] } },
    },
    {
      text: 'участвую!',
      note: 'in reply to a giveaway of another channel',
      message: { externalReply: { origin: channel, otherChat: true, media: [], attachments: ['giveaway'] } },
    },
    {
      text: 'Кто пробовал?',
      note: 'in reply to a message of another group',
      message: { externalReply: { origin: { type: 'user' }, otherChat: true, media: [] } },
    },
  ],
  honest: [
    {
      text: 'ответил в теме про парковку',
      note: 'in reply to another topic of this group',
      message: { externalReply: { origin: { type: 'user' }, otherChat: false, media: [] } },
    },
    { text: 'agreed', note: 'a reply within the group', message: { replyTo: { messageId: 9 } } },
    { text: 'в соседнем чате писали, что воду дадут к вечеру' },
  ],
};
