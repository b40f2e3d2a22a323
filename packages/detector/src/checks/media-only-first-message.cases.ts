import { known, type Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    { text: '', note: 'a photo, as the first message', message: { media: [{ kind: 'photo' }] } },
    { text: '🔥🔥', note: 'a video, as the first message', message: { media: [{ kind: 'video' }] } },
    {
      text: '',
      note: 'a photo in answer to somebody, as the first message',
      message: { media: [{ kind: 'photo' }], replyTo: { messageId: 3 } },
    },
  ],
  honest: [
    {
      text: 'Это мой кот, зовут Борис',
      note: 'a photo, as the first message',
      message: { media: [{ kind: 'photo' }] },
    },
    {
      text: '',
      note: 'a photo of somebody who has spoken before',
      message: { media: [{ kind: 'photo' }] },
      ...known(1),
    },
    { text: 'hi all, I am new here' },
  ],
};
