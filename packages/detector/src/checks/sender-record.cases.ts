import { known, type Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    { text: 'Здравствуйте, кому нужна подработка?', note: 'a first message' },
    { text: 'hello again', note: 'moderators banned this sender before', context: { standing: 'sanctioned' } },
    { text: 'back with better offers', note: 'two earlier offences', context: { priorOffences: 2 } },
  ],
  honest: [
    { text: 'Спасибо, разобрался!', note: 'the second message', ...known(1) },
    { text: 'the pump works again', note: 'nine allowed messages before', ...known(9) },
    { text: 'my shop has a sale', note: 'moderators approved this sender', context: { standing: 'approved' } },
  ],
};
