import { known, type Cases } from './case.ts';

const named = (name: string) => ({ note: `the name is "${name}"`, sender: { name } });

export const cases: Cases = {
  fires: [
    { text: 'Интересный пост', ...named('Заработок t.me/legkie_dengi') },
    { text: 'hello', ...named('Earn daily @profit_curator') },
    { text: 'спасибо', ...named('Oльгa Кaзинo') },
    { text: 'nice', ...named('Lena 🍓🍓🍓') },
  ],
  honest: [
    { text: 'hello', ...named('Ann O’Neill-Smith') },
    { text: 'добрый день', ...named('Ольга 🌷 Петрова') },
    { text: 'as I said', ...named('Tom, tomsgarden.com'), ...known(30) },
    { text: '大家好', ...named('王小明 Ming') },
  ],
};
