/** Spam that wants to be read by people and not by filters: other letters, gaps, nothing where something seems to be. */
import type { SpamAct, Trick } from '../content.ts';

interface Disguised {
  trick: Trick;
  language: 'en' | 'ru';
  name: string;
}

const act = (who: Disguised, says: SpamAct['steps'][number]['says']): SpamAct => ({
  ...who,
  label: 'spam',
  steps: [{ says }],
});

const lookAlike = (language: 'en' | 'ru', name: string): Disguised => ({ trick: 'look-alike letters', language, name });
const spaced = (language: 'en' | 'ru', name: string): Disguised => ({ trick: 'spaced letters', language, name });
const invisible = (language: 'en' | 'ru', name: string): Disguised => ({
  trick: 'invisible characters',
  language,
  name,
});
const emoji = (language: 'en' | 'ru', name: string): Disguised => ({ trick: 'emoji wall', language, name });
const hidden = (language: 'en' | 'ru', name: string): Disguised => ({ trick: 'hidden link', language, name });

export const disguised: readonly SpamAct[] = [
  // Cyrillic letters in Latin words, Latin letters in Cyrillic ones.
  act(lookAlike('en', 'Dаniel Еarn'), 'Еаrn $500 а dау оnlinе, nо ехреriеnсе, writе mе {handle}'),
  act(lookAlike('en', 'Саsinо Club'), 'Frее sрins аnd bоnus саsh tоdау оnlу 👉 https://{host}'),
  act(
    lookAlike('ru', 'Cвeтлaнa'),
    'Пpeдлaгaю пoдpaбoткy нa дoмy, дoxoд oт {4000|6000} в дeнь, пишитe в личкy {handle}',
  ),
  act(lookAlike('ru', 'Paбoтa Tyт'), 'Нужны 3aмотивиp0ванные люди, 0пл4та каждый день, пиши "+" {handle}'),
  act(lookAlike('en', 'Prime Signals'), '𝗙𝗿𝗲𝗲 𝗰𝗿𝘆𝗽𝘁𝗼 𝘀𝗶𝗴𝗻𝗮𝗹𝘀, 𝗴𝘂𝗮𝗿𝗮𝗻𝘁𝗲𝗲𝗱 𝗽𝗿𝗼𝗳𝗶𝘁, 𝗷𝗼𝗶𝗻 𝗻𝗼𝘄 {handle}'),
  act(spaced('en', 'Tony'), 'E a r n   m o n e y   f a s t , w r i t e  m e  {handle}'),
  act(spaced('en', 'Bet Guru'), 'C.A.S.I.N.O  b.o.n.u.s  n.o  d.e.p.o.s.i.t  https://{host}'),
  act(spaced('ru', 'Олег'), 'З а р а б о т о к  б е з  в л о ж е н и й , п и ш и  в  л и ч к у  {handle}'),
  act(spaced('ru', 'Вика'), 'Д_о_х_о_д от 7000 в д-е-н-ь, у д а л ё н к а, подробности в л.и.ч.к.е {handle}'),
  act(
    invisible('en', 'Liam'),
    'E\u200Ba\u200Br\u200Bn $\u200B400 a d\u200Ba\u200By, n\u200Bo e\u200Bx\u200Bp\u200Be\u200Br\u200Bi\u200Be\u200Bn\u200Bc\u200Be {handle}',
  ),
  act(
    invisible('en', 'Support'),
    'Cl\u2060ai\u2060m your fr\u2060ee b\u2060onu\u2060s: https://{host}\u2800\u2800\u2800',
  ),
  act(
    invisible('ru', 'Настя'),
    'К\u00ADа\u00ADз\u00ADи\u00ADн\u00ADо с вы\u200Dво\u200Dдом, бо\u200Dну\u200Dс 300% 👉 https://{host}',
  ),
  act(
    emoji('en', 'Golden Rain'),
    '💰💰💰💰💰💰💰💰\n🎰🎰 777 🎰🎰 {host}\n💵💵💵💵💵💵💵💵\n👇👇👇👇👇👇👇👇 https://{host}\n🔥🔥🔥🔥🔥🔥🔥🔥',
  ),
  act(emoji('en', 'Kim'), '🅵🆁🅴🅴 🅲🆁🆈🅿🆃🅾 🎁🎁🎁🎁🎁 👉👉👉 {handle} 👈👈👈 🎁🎁🎁🎁🎁'),
  act(emoji('ru', 'Фортуна'), '🍀🍀🍀🍀🍀🍀\n💎 БОНУС КАЖДОМУ 💎\n🍀🍀🍀🍀🍀🍀\n👉 {handle} 👈\n💸💸💸💸💸💸💸💸💸'),
  act(hidden('en', 'Chloe'), {
    text: 'My photos from the trip are here',
    links: [{ on: 'photos', to: 'https://{host}/bonus?ref={n}' }],
  }),
  act(hidden('en', 'Wallet Help'), {
    text: 'Your wallet must be verified: https://wallet-help.example',
    links: [{ on: 'https://wallet-help.example', to: 'https://{host}/seed' }],
  }),
  act(hidden('ru', 'Ирина'), {
    text: 'Девочки, нашла подработку на вечер, условия тут, меня взяли',
    links: [{ on: 'условия тут', to: 'https://t.me/+{word}demo' }],
  }),
  act(hidden('ru', 'Служба доставки'), {
    text: 'Ваша посылка задержана, оплатите пошлину',
    links: [{ on: 'оплатите пошлину', to: 'https://{host}/pay/{n}' }],
  }),
  act({ trick: 'hidden preview', language: 'en', name: 'Eve' }, { text: '.', preview: 'https://{host}/casino' }),
  act(
    { trick: 'hidden preview', language: 'ru', name: 'Ева' },
    { text: 'ого 😳', preview: 'https://t.me/+{word}demo' },
  ),
  act(
    { trick: 'spoiler', language: 'en', name: 'Nick' },
    { text: 'Secret for members: earn $500 a day with my bot {handle}', spoiler: 'earn $500 a day with my bot' },
  ),
  act(
    { trick: 'spoiler', language: 'ru', name: 'Кирилл' },
    {
      text: 'Кто хочет: казино с бонусом 300% без депозита, ссылка у {handle}',
      spoiler: 'казино с бонусом 300% без депозита',
    },
  ),
];
