import { entity, known, type Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    { text: '@anna_k @boris_77 @vera_sun @gleb_ok @dina_m смотрите какой розыгрыш' },
    { text: 'hello @tom_field @amy_rose @joe_park @kim_lee1 @sam_hill @ron_west, check my profile' },
    { text: 'Вопросы к @otdel_kadrov_24', note: 'a handle named by a newcomer' },
  ],
  honest: [
    {
      text: 'Олег, глянь',
      note: 'one person called by name',
      message: { entities: [{ ...entity('text_mention', 'Олег, глянь', 'Олег'), userId: 8 }] },
    },
    { text: 'thanks @tom_field and @amy_rose, great evening', ...known(9) },
    { text: 'mail me at ann@example.org or bob@example.org' },
  ],
};
