import type { Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    { text: 'write to \u202emargelet@reganam\u202c today', note: 'a right-to-left override: shown backwards' },
    { text: 'ра\u200eбо\u200eта на до\u200eму, опл\u200eата сразу', note: 'left-to-right marks inside Russian words' },
    { text: 'open \u202egnp.exe\u202c', note: 'an override that hides the ending of a file' },
  ],
  honest: [
    { text: 'שלום לכולם, \u200fנפגשים ב-\u200e18:30\u200f ליד הספרייה', note: 'Hebrew with marks around a number' },
    { text: 'مرحبا، \u2067الاجتماع\u2069 \u2066at 18:30\u2069 \u200fغدا', note: 'Arabic with isolates' },
    { text: 'thanks \u2068Ann\u2069, that was it', note: 'a name pasted with its isolates' },
  ],
};
