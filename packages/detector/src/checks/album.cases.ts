import type { Case, Cases } from './case.ts';

const part = (albumId: string, seen: { albumId: string; bad?: true }): Pick<Case, 'message' | 'context'> => ({
  message: { albumId, media: [{ kind: 'photo' }] },
  context: { sender: { albums: [{ ...seen, messageIds: [1] }] } },
});

export const cases: Cases = {
  fires: [
    {
      text: '',
      note: 'a photo of an album whose caption advertised a casino',
      ...part('A1', { albumId: 'A1', bad: true }),
    },
    { text: 'фото 2', note: 'another part of it, with words', ...part('A1', { albumId: 'A1', bad: true }) },
    { text: '😘', note: 'the last part of a bad album', ...part('B2', { albumId: 'B2', bad: true }) },
  ],
  honest: [
    { text: '', note: 'a photo of an album that was allowed', ...part('A1', { albumId: 'A1' }) },
    { text: '', note: 'a photo of the next album of the same person', ...part('A2', { albumId: 'A1', bad: true }) },
    { text: 'остальные фото вечером', note: 'no album' },
  ],
};
