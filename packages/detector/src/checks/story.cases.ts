import { known, type Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    { text: '', note: 'a forwarded story, nothing else', message: { attachments: ['story'] } },
    { text: 'смотри до конца 🔥', note: 'a forwarded story', message: { attachments: ['story'] } },
    { text: 'this changed my life', note: 'an answer to a story', message: { replyToStory: true } },
  ],
  honest: [
    { text: 'история длинная, расскажу при встрече' },
    { text: 'nice shot!', note: 'an answer to a story, from a member', message: { replyToStory: true }, ...known(15) },
    { text: '', note: 'a video', message: { media: [{ kind: 'video' }] } },
  ],
};
