import type { Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    { text: 'c\u0336a\u0336s\u0336i\u0336n\u0336o\u0336 bonus', note: 'a line through each letter' },
    { text: 'з\u0332а\u0332р\u0332а\u0332б\u0332о\u0332т\u0332о\u0332к', note: 'a line under each letter' },
    { text: 'f\u0301\u0302\u0303ree \u0301\u0302\u0303money', note: 'marks piled upon letters' },
  ],
  honest: [
    { text: 'naïve café, à bientôt, ça va très bien', note: 'French' },
    { text: 'за́мок на две́ри, а не замо́к', note: 'stress marks' },
    { text: 'Tiếng Việt có nhiều dấu, ภาษาไทยก็ที่นี่', note: 'Vietnamese and Thai' },
  ],
};
