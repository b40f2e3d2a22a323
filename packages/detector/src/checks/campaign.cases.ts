import { fingerprintOf } from '../prepare/fingerprint.ts';
import { fold } from '../prepare/fold.ts';
import { known, type Case, type Cases } from './case.ts';

const offer = 'Ищем двух человек на удалённую подработку, оплата каждый день, подробности в личных сообщениях';
const gift = 'My cousin has moved abroad and gives away his old bicycle, write to me if you would like to have it';
const news = 'Has everybody read this article about the new bridge? https://news.example/bridge';

const postedBy = (
  senders: number,
  text: string,
  over: { groups?: number; bad?: true } = {},
): Pick<Case, 'note' | 'context'> => ({
  note: `posted by ${senders} other(s) in ${over.groups ?? 1} group(s)${over.bad ? ', spam there' : ''}`,
  context: { campaigns: [{ key: `text:${fingerprintOf(fold(text)) ?? ''}`, senders, groups: 1, ...over }] },
});
const placeBy = (key: string, senders: number, over: { bad?: true } = {}): Pick<Case, 'note' | 'context'> => ({
  note: `${key} posted by ${senders} other(s)`,
  context: { campaigns: [{ key, senders, groups: 1, ...over }] },
});

export const cases: Cases = {
  fires: [
    { text: offer, ...postedBy(12, offer, { groups: 4 }) },
    { text: gift, ...postedBy(1, gift, { bad: true }) },
    { text: 'Посмотрите, что нашёл: https://prize.example/x', ...placeBy('host:prize.example', 6, { bad: true }) },
    { text: 'Qué buena foto, gracias por compartirla con nosotros', ...placeBy('file:AQADx', 5) },
  ],
  honest: [
    { text: offer, ...postedBy(1, offer) },
    { text: news, ...placeBy('host:github.com', 40) },
    {
      text: gift,
      note: 'a member says what three newcomers said',
      context: { ...postedBy(3, gift).context, ...known(14).context },
    },
    { text: news, ...placeBy('host:news.example', 2) },
  ],
};
