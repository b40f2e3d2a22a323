/** Work on code: questions, answers, links to repositories and long explanations. */
import type { Dialogue } from '../content.ts';

export const codersCraft: readonly Dialogue[] = [
  [
    ['joon', 'why does my docker build take 11 minutes every single time'],
    ['fer', 'You copy the whole tree before installing dependencies. Copy the lock file first.', 1],
    ['joon', 'oh. 40 seconds now. i owe you a coffee'],
    ['leaf', 'eleven minutes was a nice coffee break tho'],
  ],
  [
    ['zhenya', 'Ребят, чем отличается LEFT JOIN от INNER? на собесе спросили, поплыл 😅'],
    ['tamara', 'LEFT оставит строки слева, даже если справа пары нет, там будет NULL. INNER их выкинет.', 1],
    ['zhenya', 'Тамара, спасибо! теперь запомню навсегда'],
    ['misha', 'Навсегда = до следующего собеса.'],
  ],
  [
    ['obi', 'Released 2.3 of my little queue library, feedback welcome: https://github.com/obi-demo/tinyqueue'],
    [
      'hedda',
      'I read through it. The retry logic is clean, but a job that throws a non-error value loses its message, because you read .message without checking. I would normalise at the boundary: wrap whatever was thrown once, keep the original as cause, and let everything behind it rely on one shape. Also, the README promises ordering per key, and I could not find a test that would notice if that broke. Happy to send a patch for both this weekend.',
      1,
    ],
    ['obi', 'Best review I had all year. Patches very welcome!', 1],
  ],
  [
    ['misha', 'Кто-нибудь переезжал с {Node 20|Node 22} на 24? Что сломалось?'],
    ['artyom', 'У нас только нативный модуль пересобрать пришлось, остальное завелось.', 1],
    ['dasha', 'У нас упали два теста на даты. Таймзоны, кто бы мог подумать.'],
    ['misha', 'Ясно, закладываю неделю.'],
  ],
  [
    ['pim', { text: 'Guess which of these two buttons is a div', media: 'photo' }],
    ['rolf', 'Both. It is always both.', 1],
    ['pim', 'correct and depressing'],
  ],
  [
    ['leaf', 'git question. i rebased and now there are two of every commit'],
    [
      'hedda',
      'You pulled after the rebase, so the old ones came back. git reflog, find the line before the pull, git reset --hard to it, then push with --force-with-lease.',
      1,
    ],
    ['leaf', 'it worked, i can sleep'],
  ],
  [
    ['tamara', 'Напоминаю: индекс по (a, b) не поможет запросу только по b. Сегодня третий раз за неделю вижу.'],
    ['zhenya', 'А если я сделаю (b, a)?', 1],
    ['tamara', 'Тогда поможет, но перестанет помогать тому, кто ищет только по a.', 1],
    ['artyom', 'Закон сохранения индексов.'],
  ],
  [
    ['fer', 'Rewrote the log shipper in Rust. Memory went from 900 MB to 14.'],
    ['rolf', 'And the build went from 3 seconds to lunch?', 1],
    ['fer', 'I have lunch anyway.'],
    ['misha', 'Рантайм победы — одно обеденное время.'],
  ],
  [
    ['joon', 'is there a free course on algorithms that is not boring'],
    ['obi', 'This one is old but great, lecture 3 onwards: https://www.youtube.com/watch?v=algorithms-demo', 1],
    ['joon', 'bookmarked, thank you!'],
  ],
  [
    ['dasha', 'Нашла баг: если нажать «Сохранить» 14 раз подряд, сохраняется 13.'],
    ['misha', 'Почему ты нажала 14 раз?', 1],
    ['dasha', 'Потому что после 13 всё работало.'],
    ['artyom', 'Вот за это тестировщиков и любят. И боятся.'],
  ],
  [
    [
      'artyom',
      { text: 'разбор вчерашней аварии, рекомендую всем дежурным', forwardedFrom: { channel: 'Записки дежурного' } },
    ],
    ['kostya', 'Хороший текст. Третий пункт прямо про нас.', 1],
    ['artyom', 'Я поэтому и кинул)'],
  ],
  [
    ['rolf', 'Does anybody know why \\d matches Arabic digits in one language and not in another?'],
    [
      'hedda',
      'Unicode mode. In JavaScript \\d is always 0-9, in Python 3 it follows Unicode unless you pass re.ASCII.',
      1,
    ],
    ['rolf', 'Two hours of my life, explained in one line. Thanks.'],
  ],
  [
    ['pim', '```\n.card > * + * { margin-block-start: 1rem }\n```\nthis one line replaced 200 of ours'],
    ['leaf', 'the owl! good owl', 1],
    ['joon', 'what does it doo'],
    ['pim', 'space between children, none before the first'],
  ],
];
