import { known, type Cases } from './case.ts';

const paid = { note: 'paid media', message: { media: [{ kind: 'paidMedia' as const }] } };

export const cases: Cases = {
  fires: [
    { text: 'Только для взрослых 🔞', ...paid },
    { text: 'the full lesson, 50 stars', ...paid },
    { text: 'новый альбом', ...paid, ...known(10) },
  ],
  honest: [
    { text: '', note: 'a photo', message: { media: [{ kind: 'photo' }] } },
    { text: 'билеты платные, по 500', note: 'a photo', message: { media: [{ kind: 'photo' }] } },
    { text: 'stars are out tonight', note: 'a video', message: { media: [{ kind: 'video' }] } },
  ],
};
