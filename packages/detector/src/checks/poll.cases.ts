import { known, type Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    {
      text: '',
      note: 'a poll: "Хочешь 5000 в день? Ответ тут: t.me/rabota_segodnya", "да", "нет"',
      message: {
        attachments: ['poll'],
        attachmentText: 'Хочешь 5000 в день? Ответ тут: t.me/rabota_segodnya\nда\nнет',
      },
    },
    {
      text: '',
      note: 'a checklist: "Your first profit", "write to @profit_curator"',
      message: { attachments: ['checklist'], attachmentText: 'Your first profit\nwrite to @profit_curator' },
    },
    {
      text: '',
      note: 'a poll: "Вы уже зарабатываете?", "да", "хочу научиться"',
      message: { attachments: ['poll'], attachmentText: 'Вы уже зарабатываете?\nда\nхочу научиться' },
    },
    {
      text: '',
      note: 'a poll "Where to invest?", whose description links to https://pump.example',
      message: {
        attachments: ['poll'],
        attachmentText: 'Where to invest?\nthe answer is here',
        attachmentUrls: ['https://pump.example'],
      },
    },
  ],
  honest: [
    {
      text: '',
      note: 'a poll of a member: "Когда собрание?"',
      message: { attachments: ['poll'], attachmentText: 'Когда собрание?\nв четверг\nв субботу' },
      ...known(10),
    },
    { text: 'опрос: кто за шлагбаум, ставьте плюс' },
    { text: 'TODO: 1. bins 2. lift 3. parking' },
  ],
};
