import { entity, known, type Case, type Cases } from './case.ts';

const collapsed = (text: string, words: string, leads?: [type: string, words: string]): Case => ({
  text,
  note: 'a collapsed quote',
  message: {
    entities: [entity('expandable_blockquote', text, words), ...(leads ? [entity(leads[0], text, leads[1])] : [])],
  },
});

const offer =
  'Удалённая занятость для всех желающих. Ничего не продаём, никого не приглашаем, обучение за наш счёт. ' +
  'Выплаты два раза в неделю на любую карту, график выбираете сами, возраст от восемнадцати лет, опыт не нужен. ' +
  'Осталось несколько мест, отвечаем всем.';

export const cases: Cases = {
  fires: [
    collapsed('Интересно?\nПодробности тут: t.me/+AbCdEfGh', 'Подробности тут: t.me/+AbCdEfGh', [
      'url',
      't.me/+AbCdEfGh',
    ]),
    collapsed('Read more\nContact our manager @daily_income_desk', 'Contact our manager @daily_income_desk', [
      'mention',
      '@daily_income_desk',
    ]),
    collapsed(`Читать далее\n${offer}`, offer),
  ],
  honest: [
    collapsed('Он писал: встречаемся в шесть', 'встречаемся в шесть'),
    { ...collapsed(`Протокол собрания\n${offer}`, offer), ...known(30) },
    {
      text: 'Quote of the day: be kind. https://quotes.example/1',
      note: 'an ordinary quote, not collapsed',
      message: { entities: [entity('blockquote', 'Quote of the day: be kind. https://quotes.example/1', 'be kind.')] },
    },
  ],
};
