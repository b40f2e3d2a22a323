import type { Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    { text: 'Нужны люди на удалeнную pаботу, oплата ежeдневно', note: 'Latin e, p and o in Cyrillic words' },
    { text: 'Get a bоnus at our cаsinо, write to the аdmin', note: 'Cyrillic о and а in Latin words' },
    { text: 'Ищeмо партнерів, дохід щoдня', note: 'Latin e and o in Ukrainian words' },
    { text: 'Εarn mοney from hοme, ask me hοw', note: 'Greek letters in Latin words' },
    { text: 'write to mе for а fаst lоan', note: 'Cyrillic letters in English words' },
  ],
  honest: [
    { text: 'Поставил Windows, теперь SMSки не приходят и PDFка не открывается' },
    { text: 'Кто идёт на IT-встречу в четверг? Буду в T-shirt от GitHub' },
    { text: 'ΔT is about 5 μm per degree, says the datasheet' },
    { text: 'Пiдкажiть, будь ласка, де є нормальна швейна майстерня?', note: 'Latin i, as on a Russian keyboard' },
    { text: 'У нас в чате и English speakers, и русскоязычные' },
  ],
};
