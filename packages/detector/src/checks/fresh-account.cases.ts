import { known, type Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    { text: 'Всем привет, я тут новенький', note: 'user id 8412345678', sender: { id: 8_412_345_678 } },
    { text: 'Hi, is this the right group for renting?', note: 'user id 8000000001', sender: { id: 8_000_000_001 } },
    { text: 'Hola a todos', note: 'user id 9100200300', sender: { id: 9_100_200_300 } },
  ],
  honest: [
    { text: 'Всем привет, я тут новенький', note: 'user id 612345678', sender: { id: 612_345_678 } },
    {
      text: 'see you on Friday',
      note: 'user id 8412345678, six allowed messages',
      sender: { id: 8_412_345_678 },
      ...known(6),
    },
    { text: 'the channel moved', note: 'a channel', sender: { id: -1_009_000_000_000, as: 'channel' } },
  ],
};
