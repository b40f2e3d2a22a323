import type { Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    { text: 'к а з и н о с бонусом, заходи' },
    { text: 'we sell f.o.l.l.o.w.e.r.s here' },
    { text: 'Заработок: т-е-л-е-г-р-а-м' },
    { text: 'c a s i n o   b o n u s' },
  ],
  honest: [
    { text: 'я и ты и он и она, а в субботу и все' },
    { text: 'и т. д. и т. п., см. стр. 5 п. 3 а' },
    { text: 'plan A or B? U.S. or U.K. size? I vote for B' },
  ],
};
