import { hash } from './payload.ts';
import { CASE_TIME, trace, type Case, type Cases } from './case.ts';

/** The first version was a short harmless text, unless `over` says more of it. */
const edited = (text: string, first: string, over: { places?: string[] } & Pick<Case, 'context'> = {}): Case => ({
  text,
  note: `first it said "${first}"`,
  kind: 'MessageEdited',
  context: {
    standing: over.context?.standing ?? 'none',
    sender: {
      allowedCount: 1,
      seen: [
        trace({
          secondsAgo: 3600,
          messageId: 1,
          fingerprint: hash(first) + hash(first, 0x9e3779b9),
          ...(over.places ? { places: over.places } : {}),
        }),
      ],
    },
  },
});

export const cases: Cases = {
  fires: [
    edited('Заработок от 300$ в день, подробности https://t.me/+LegkiyDohod', 'Всем доброе утро!'),
    edited('new address: https://lucky-spin.example/join', 'thanks, that helped', {
      context: { standing: 'approved' },
    }),
    edited('вопросы сюда @dohod_manager', 'Согласен с вами'),
    {
      text: 'Best signals: https://t.me/+WhaleRoom',
      note: 'an edit two days after sending, of a message that is not remembered',
      kind: 'MessageEdited',
      message: { sentAt: CASE_TIME - 172_800_000 },
    },
  ],
  honest: [
    edited('Всем доброе утро, соседи!', 'Всем доброе утро!'),
    edited('the slides: https://club.example/slides (fixed)', 'the slides: https://club.example/slides', {
      places: [hash('club.example')],
    }),
    edited('same bug: https://github.com/nodejs/node/issues/1', 'same bug'),
  ],
};
