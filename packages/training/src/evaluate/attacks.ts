/**
 * What spammers do to a text so that people still read it and a filter does not. Each attack touches a share of the
 * letters, words or gaps, called its strength; the same seed gives the same text.
 */
export type Random = () => number;

export interface Attack {
  name: string;
  apply: (text: string, strength: number, random: Random) => string;
}

const CYRILLIC = 'авекмнорстухіАВЕКМНОРСТУХ';
const LATIN = 'aвekмнopcтyxiABEKMHOPCTYX';
/** The Latin letter that looks like each Cyrillic one, where there is one. */
const LOOK_ALIKES = pairs(CYRILLIC, LATIN).filter(([, latin]) => /[a-z]/iu.test(latin));
const LOOKS = new Map([...LOOK_ALIKES, ...LOOK_ALIKES.map(([cyrillic, latin]) => [latin, cyrillic] as const)]);
const DIGITS = new Map(pairs('озчбiоoeasgtb', '03461003459768'));
const SOUNDS = new Map([
  ...pairs('абвгдезийклмнопрстуфыэ', 'abvgdezijklmnoprstufye'),
  ...pairs('жхцчшщюяё', ['zh', 'kh', 'ts', 'ch', 'sh', 'sch', 'yu', 'ya', 'yo']),
]);
const HONEST = [
  'Кстати, в субботу мы с детьми ходили на каток, было очень здорово.',
  'By the way, we took the kids to the museum last weekend and they loved it.',
  'А погода сегодня просто чудесная, даже уходить с дачи не хочется.',
  'Does anyone remember the name of that small bakery near the station?',
];
const BOLD_UPPER = 0x1d400;
const BOLD_LOWER = 0x1d41a;

export const ATTACKS: readonly Attack[] = [
  { name: 'look-alike letters', apply: eachLetter((letter) => LOOKS.get(letter) ?? letter) },
  { name: 'digits for letters', apply: eachLetter((letter) => DIGITS.get(letter.toLowerCase()) ?? letter) },
  { name: 'mathematical letters', apply: eachLetter((letter) => bold(latinOf(letter))) },
  { name: 'full-width letters', apply: eachLetter((letter) => fullWidth(latinOf(letter))) },
  { name: 'stars for letters', apply: eachLetter(() => '*') },
  { name: 'zero-width characters', apply: eachLetter((letter) => `${letter}\u200B`) },
  { name: 'soft hyphens', apply: eachLetter((letter) => `${letter}\u00AD`) },
  { name: 'stacked marks', apply: eachLetter((letter) => `${letter}\u0336\u0307`) },
  { name: 'letters repeated', apply: eachLetter((letter) => letter + letter) },
  { name: 'letters left out', apply: eachLetter(() => '') },
  { name: 'random capitals', apply: eachLetter((letter) => letter.toUpperCase()) },
  { name: 'letters spaced out', apply: eachWord((word) => Array.from(word).join(' ')) },
  { name: 'dots between letters', apply: eachWord((word) => Array.from(word).join('.')) },
  { name: 'slashes between letters', apply: eachWord((word) => Array.from(word).join('/')) },
  { name: 'neighbours swapped', apply: eachWord(swapInside) },
  { name: 'Latin transcription', apply: eachWord(transcribe) },
  { name: 'emoji between words', apply: eachWord((word) => `${word} 🔥`) },
  { name: 'words run together', apply: runTogether },
  { name: 'honest sentences after it', apply: (text, strength) => [text, ...honest(strength)].join(' ') },
  { name: 'honest sentences before it', apply: (text, strength) => [...honest(strength), text].join(' ') },
  { name: 'cut off', apply: (text, strength) => text.slice(0, Math.ceil(text.length * (1 - strength))) },
];

function pairs(from: string, to: string | readonly string[]): [string, string][] {
  const targets = Array.from(to);
  return Array.from(from).map((letter, index) => [letter, targets[index] ?? letter]);
}

function eachLetter(change: (letter: string) => string): Attack['apply'] {
  return (text, strength, random) =>
    Array.from(text)
      .map((char) => (/\p{L}/u.test(char) && random() < strength ? change(char) : char))
      .join('');
}

/** Only words of letters: a changed address would lead nowhere. */
function eachWord(change: (word: string) => string): Attack['apply'] {
  return (text, strength, random) =>
    text
      .split(/(\s+)/u)
      .map((word) => (/^\p{L}{3,}/u.test(word) && random() < strength ? change(word) : word))
      .join('');
}

function latinOf(letter: string): string {
  const look = LOOKS.get(letter) ?? letter;
  return /[a-z]/iu.test(letter) ? letter : look;
}

function bold(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  if (/[a-z]/u.test(letter)) return String.fromCodePoint(BOLD_LOWER + code - 0x61);
  return /[A-Z]/u.test(letter) ? String.fromCodePoint(BOLD_UPPER + code - 0x41) : letter;
}

function fullWidth(letter: string): string {
  return /[a-z]/iu.test(letter) ? String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0) : letter;
}

function swapInside(word: string): string {
  const letters = Array.from(word);
  const middle = Math.floor(letters.length / 2);
  const [before = '', after = ''] = letters.slice(middle - 1, middle + 1);
  return [...letters.slice(0, middle - 1), after, before, ...letters.slice(middle + 1)].join('');
}

function transcribe(word: string): string {
  return Array.from(word.toLowerCase())
    .map((letter) => SOUNDS.get(letter) ?? letter)
    .join('');
}

function runTogether(text: string, strength: number, random: Random): string {
  return text.replaceAll(/ /gu, (gap) => (random() < strength ? '' : gap));
}

function honest(strength: number): string[] {
  return HONEST.slice(0, Math.ceil(strength * HONEST.length));
}
