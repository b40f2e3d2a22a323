import { fold } from '../prepare/fold.ts';
import { fingerprintOf } from '../prepare/fingerprint.ts';
import { trace, type Case, type Cases } from './case.ts';

const said = (text: string, ...secondsAgo: number[]): Pick<Case, 'note' | 'context'> => ({
  note: `said ${secondsAgo.length} time(s) before: "${text}"`,
  context: {
    sender: {
      allowedCount: secondsAgo.length,
      seen: secondsAgo.map((seconds) => trace({ secondsAgo: seconds, fingerprint: fingerprintOf(fold(text)) ?? '' })),
    },
  },
});

const offer = 'Набираем людей в команду, оплата от 300 долларов в неделю, опыт не нужен, пишите менеджеру';

export const cases: Cases = {
  fires: [
    { text: offer, ...said(offer, 60, 120, 180) },
    { text: offer.replace('300', '500'), ...said(offer, 40, 90) },
    {
      text: 'We are looking for people to our team, good income every single day, write to the manager',
      ...said('We are looking for people to our team, good income every single week, write to the manager', 30),
    },
  ],
  honest: [
    {
      text: 'Отдам детскую кроватку и матрас, самовывоз из пятого подъезда, вечером после семи',
      ...said('Кто знает хорошего сантехника рядом, чтобы пришёл сегодня или завтра с утра пораньше?', 60),
    },
    {
      text: 'спасибо большое',
      ...said('спасибо большое вам всем за помощь с переездом, очень выручили нас вчера', 60),
    },
    {
      text: 'Meeting moved to seven in the evening, same place as always, bring your own chairs please',
      ...said('Meeting moved to seven in the evening, same place as always, bring your own chairs please', 7200),
    },
  ],
};
