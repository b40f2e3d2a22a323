import { linked, type Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    linked(
      'Войдите через telegram.org, чтобы не потерять аккаунт',
      'telegram.org',
      'https://telegram-login.example/auth',
    ),
    linked('your parcel: dhl.com/track/8812', 'dhl.com/track/8812', 'https://parcel-fee.example/pay'),
    linked('Пишите админу @club_admin', '@club_admin', 'https://t.me/easy_money_manager'),
    linked('https://t.me/garden_club', 'https://t.me/garden_club', 'https://t.me/+JoinSignals'),
  ],
  honest: [
    linked('see the docs on nodejs.org', 'nodejs.org', 'https://nodejs.org/api/url.html'),
    linked('расписание на сайте школы', 'сайте школы', 'https://school-12.example/raspisanie'),
    linked('write to @garden_club', '@garden_club', 'https://t.me/garden_club'),
    linked('wikipedia.org has it', 'wikipedia.org', 'https://de.wikipedia.org/wiki/Tomate'),
  ],
};
