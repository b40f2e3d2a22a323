import { CASE_TIME, known, type Case, type Cases } from './case.ts';

const under = (seconds: number): Pick<Case, 'note' | 'message'> => ({
  note: `${seconds} s after the post of the linked channel`,
  message: { replyTo: { messageId: 1, automaticForward: true, sentAt: CASE_TIME - seconds * 1000 } },
});

export const cases: Cases = {
  fires: [
    { text: 'Очень интересно, спасибо!', ...under(2) },
    { text: 'Check my profile 😉', ...under(1) },
    { text: 'первый', ...under(3) },
  ],
  honest: [
    { text: 'Очень интересно, спасибо!', ...under(60) },
    { text: 'первый!', ...under(3), ...known(40) },
    {
      text: 'yes, exactly',
      note: '2 s after a message of a member',
      message: { replyTo: { messageId: 2, sentAt: CASE_TIME - 2000 } },
    },
  ],
};
