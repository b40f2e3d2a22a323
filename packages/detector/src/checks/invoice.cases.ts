import { known, type Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    {
      text: '',
      note: 'an invoice: "VIP-доступ на месяц"',
      message: { attachments: ['invoice'], attachmentText: 'VIP-доступ на месяц' },
    },
    {
      text: '',
      note: 'an invoice: "Premium signals", from a member',
      message: { attachments: ['invoice'], attachmentText: 'Premium signals' },
      ...known(6),
    },
    { text: '', note: 'a game: "Lucky wheel"', message: { attachments: ['game'], attachmentText: 'Lucky wheel' } },
  ],
  honest: [
    { text: 'счёт за воду пришёл, у всех по 1200?' },
    { text: '', note: 'a game of a member', message: { attachments: ['game'] }, ...known(9) },
    { text: '', note: 'a die', message: { attachments: ['dice'] } },
  ],
};
