import { known, type Cases } from './case.ts';

const card = (name: string) => ({
  note: `the contact "${name}"`,
  message: { attachments: ['contact' as const], attachmentText: name, contactPhone: '+15550100' },
});

export const cases: Cases = {
  fires: [
    { text: '', ...card('Менеджер Работа Онлайн') },
    { text: '', ...card('Crypto Signals VIP') },
    { text: '', ...card('Займы за 5 минут'), ...known(5) },
  ],
  honest: [
    { text: 'телефон управляющей: +7 900 000-00-00, звоните с девяти' },
    { text: 'my number is +1 555 0100' },
    { text: 'meet here', note: 'a location', message: { attachments: ['location'] } },
  ],
};
