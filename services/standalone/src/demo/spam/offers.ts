/** Between honest and not: strangers who offer something politely. The bot should ask, and a moderator knows. */
import type { SpamAct } from '../content.ts';

interface Offer {
  language: 'en' | 'ru';
  name: string;
  label: 'spam' | 'ham';
}

const offer = (who: Offer, says: string): SpamAct => ({ trick: 'offer', ...who, steps: [{ says }] });

export const offers: readonly SpamAct[] = [
  offer(
    { language: 'en', name: 'Martin', label: 'ham' },
    'Hello, I am new here. I repair lawn mowers in the area, £25 a visit, message me if yours will not start.',
  ),
  offer(
    { language: 'en', name: 'Agnes', label: 'ham' },
    'Good evening! I give piano lessons to children, first lesson free. Happy to answer questions here or in private.',
  ),
  offer(
    { language: 'en', name: 'Ted', label: 'ham' },
    'I wrote a small free app for planting dates, would love to hear what you think: https://github.com/ted-demo/plantdates',
  ),
  offer(
    { language: 'en', name: 'Growth Lab', label: 'spam' },
    'Hi! We help small businesses get more clients from social networks. Write me for a free audit of your page.',
  ),
  offer(
    { language: 'en', name: 'Yusuf', label: 'spam' },
    'Looking for two people for an online project, flexible hours, good pay. Details in private.',
  ),
  offer(
    { language: 'ru', name: 'Светлана М', label: 'ham' },
    'Здравствуйте! Шью шторы и подгоняю одежду, живу в 20-м доме. Недорого, пишите в личные сообщения.',
  ),
  offer(
    { language: 'ru', name: 'Игорь', label: 'ham' },
    'Добрый день, чиню стиральные машины, выезд 500 ₽, работаю по району десять лет. Кому нужно, пишите.',
  ),
  offer(
    { language: 'ru', name: 'Ольга', label: 'ham' },
    'Пеку торты на заказ, килограмм 1600. Фото могу прислать в личку, если можно такое писать здесь.',
  ),
  offer(
    { language: 'ru', name: 'Кадровик', label: 'spam' },
    'Ищу двоих помощников на удалённый проект, занятость свободная, подробности в личных сообщениях.',
  ),
  offer(
    { language: 'ru', name: 'Эмма', label: 'spam' },
    'Девушки, кому интересна подработка в сфере красоты? Обучаем сами, напишите мне, расскажу.',
  ),
];
