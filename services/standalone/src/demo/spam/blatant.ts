/** Spam that hides nothing: casino, easy money, crypto, drugs of the mind and loans, in English and Russian. */
import type { SpamAct } from '../content.ts';

const act = (language: 'en' | 'ru', name: string, says: string): SpamAct => ({
  trick: 'blatant',
  language,
  label: 'spam',
  name,
  steps: [{ says }],
});

export const blatant: readonly SpamAct[] = [
  act(
    'en',
    'Lucky Spins',
    '🎰 MEGA CASINO! {250|300|500}% bonus on your first deposit, 100 free spins, instant withdrawal 👉 https://{host}/play',
  ),
  act(
    'en',
    'Mark Profit',
    'Earn ${300|450|600} a day from home, no experience needed! Only 5 places left, write me in private {handle}',
  ),
  act(
    'en',
    'Crypto Anna',
    'I turned $200 into ${4300|5100|7800} in one week with this trading bot. Guaranteed profit, no risk. DM {handle} to start today 🚀🚀',
  ),
  act(
    'en',
    'Airdrop Team',
    '🔥 FREE AIRDROP 🔥 claim {300|500} USDT now, connect your wallet at https://{host}/claim before it ends in {2|3} hours',
  ),
  act(
    'en',
    'Quick Loans',
    'Need money urgently? Loans from $1,000 to $50,000, no credit check, approval in 10 minutes. Apply: https://{host}',
  ),
  act('en', 'Sasha 🔞', 'hot girls in your city waiting 🔞 my private photos here 👉 https://{host}/me'),
  act(
    'en',
    'VIP Signals',
    'Join our VIP forex signals, {94|97}% win rate, first week FREE. 12,000 members already earn with us: https://t.me/+{word}demo',
  ),
  act(
    'en',
    'Boost Shop',
    'Buy real followers and likes cheap! 1000 followers = $3. Instant delivery, pay with crypto. Order here https://{host} or {handle}',
  ),
  act(
    'ru',
    'Казино Удача',
    '🎰 Лучшее онлайн казино! {200|300}% к первому депозиту, вывод за 5 минут, фриспины в подарок 👉 https://{host}',
  ),
  act(
    'ru',
    'Марина HR',
    'Срочно нужны люди на удалёнку! Доход от {5000|7000|9000} руб в день, 2-3 часа, без опыта, 18+. Пишите + в личку {handle}',
  ),
  act(
    'ru',
    'Артур Инвест',
    'Заработай на крипте от {200|400}$ в неделю, обучаем бесплатно, оплата только с прибыли. Осталось {3|4} места, пиши {handle}',
  ),
  act(
    'ru',
    'Быстрые деньги',
    'Займ без отказа до 100 000 руб на карту за 3 минуты, плохая кредитная история не помеха! https://{host}/zaim',
  ),
  act('ru', 'Алина 🔞', 'скучаю одна дома 😘 мои фото без цензуры в канале, жми 👉 https://t.me/+{word}demo'),
  act(
    'ru',
    'Ставки Про',
    'Договорные матчи, прогнозы с проходимостью {95|98}%! Вчера подняли 80 000, сегодня будет больше. Канал: https://t.me/+{word}demo',
  ),
  act(
    'ru',
    'Работа курьер',
    'Ищем курьеров для закладки посылок, выплаты каждый день от {8000|12000}, документы не нужны, полная анонимность. {handle}',
  ),
  act(
    'ru',
    'Справки 24',
    'Дипломы, больничные, права с занесением в базу. Быстро, без предоплаты. Писать сюда {handle} или https://{host}',
  ),
  act(
    'ru',
    'Гадалка Зоря',
    'Верну мужа, сниму порчу, открою денежный канал. Первая консультация бесплатно, отзывы настоящие, пишите {handle}',
  ),
];
