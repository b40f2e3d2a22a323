import { fingerprintOf } from '../prepare/fingerprint.ts';
import { fold } from '../prepare/fold.ts';
import { CASE_TIME, known, type Case, type Cases } from './case.ts';

const saidBy = (others: number, text: string): Pick<Case, 'note' | 'context'> => ({
  note: `${others} other(s) said here two days ago: "${text}"`,
  context: {
    campaigns: [
      {
        key: `text:${fingerprintOf(fold(text)) ?? ''}`,
        senders: others,
        groups: 1,
        here: { others, firstAt: CASE_TIME - 172_800_000 },
      },
    ],
  },
});

const pump =
  'Has anyone tried the new pump from the garden centre? Mine broke within a week and they refuse to refund it';
const dentist = 'Подскажите, пожалуйста, хорошего стоматолога в нашем районе, у сына болит зуб второй день подряд';

export const cases: Cases = {
  fires: [
    { text: pump, ...saidBy(1, pump) },
    { text: dentist, ...saidBy(1, dentist) },
    {
      text: 'Команда ищет партнёров, доход от 200 в день, обучение бесплатное, пишите в личные сообщения',
      ...saidBy(4, 'Команда ищет партнёров, доход от 500 в день, обучение бесплатное, пишите в личные сообщения'),
    },
  ],
  honest: [
    { text: pump, ...saidBy(1, dentist) },
    { text: 'Всем доброе утро!', ...saidBy(9, 'Всем доброе утро!') },
    {
      text: dentist,
      note: 'a member repeats what another asked',
      context: { ...saidBy(1, dentist).context, ...known(14).context },
    },
  ],
};
