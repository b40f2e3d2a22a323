/**
 * Joins words that were written letter by letter: "c a s i n o", "к.а.з.и.н.о", a letter between emoji. A run is four or
 * more single letters with the same separator between each two. Abbreviations ("и т. д.") change their separator or
 * are shorter.
 */
import type { FoldFacts } from '../prepared.ts';
import { DIGIT, FIRST_LETTER, KIND, SCRIPT_MARK, SPACE } from './code-points.ts';

const RUN_MIN = 4;
/** A separator longer than this separates words. */
const SEPARATOR_MAX = 4;
/** Words of one letter in Russian, Ukrainian and English: a run of nothing else is talk. */
const ONE_LETTER_WORDS: ReadonlySet<string> = new Set('аивксоуяіжбйє' + 'aieoyxckj' + 'ывп');

interface Run {
  /** Start of each letter. */
  starts: number[];
  separator: string;
  /** End of the last letter. */
  end: number;
}

export function joinSpacedLetters(text: string, facts: FoldFacts): string {
  if (!mayHaveRun(text)) return text;
  let out = '';
  let copied = 0;
  let run: Run | undefined;
  const close = (): void => {
    if (run && isRun(text, run)) {
      out += text.slice(copied, run.starts[0]) + joined(text, run);
      copied = run.end;
      facts.spacedLetters += run.starts.length;
    }
    run = undefined;
  };
  for (const { start, end } of tokens(text)) {
    if (end - start !== 1 || !isLetter(text, start)) {
      close();
      continue;
    }
    if (run) {
      const separator = flat(text.slice(run.end, start));
      if (separator.length > SEPARATOR_MAX || (run.separator !== '' && run.separator !== separator)) close();
      else run.separator = separator;
    }
    if (run) {
      run.starts.push(start);
      run.end = end;
    } else run = { starts: [start], separator: '', end };
  }
  close();
  return copied === 0 ? out || text : out + text.slice(copied);
}

/** Cheap look before the real one: four letters each with no letter or digit beside it. */
function mayHaveRun(text: string): boolean {
  let single = 0;
  let inWord = 0;
  for (let at = 0; at <= text.length; at++) {
    const kind = at < text.length ? (KIND[text.charCodeAt(at)] ?? 0) : SPACE;
    if (isWordKind(kind)) {
      inWord += 1;
      continue;
    }
    if (inWord === 1) single += 1;
    if (inWord > 1) single = 0;
    if (single >= RUN_MIN) return true;
    inWord = 0;
  }
  return false;
}

function isWordKind(kind: number): boolean {
  return kind >= FIRST_LETTER || kind === DIGIT || kind === SCRIPT_MARK;
}

function isLetter(text: string, at: number): boolean {
  return (KIND[text.charCodeAt(at)] ?? 0) >= FIRST_LETTER;
}

function* tokens(text: string): Generator<{ start: number; end: number }> {
  let start = -1;
  for (let at = 0; at <= text.length; at++) {
    const inWord = at < text.length && isWordKind(KIND[text.charCodeAt(at)] ?? 0);
    if (inWord && start < 0) start = at;
    if (inWord || start < 0) continue;
    yield { start, end: at };
    start = -1;
  }
}

/** White space of any length is one space: how wide a gap is must not change what is a run. */
function flat(separator: string): string {
  return separator.replace(/\s+/g, ' ');
}

function isRun(text: string, run: Run): boolean {
  if (run.starts.length < RUN_MIN) return false;
  return run.starts.some((at) => !ONE_LETTER_WORDS.has(text.charAt(at).toLowerCase()));
}

/** Wider gaps inside a run stand between its words, unless that left single letters again. */
function joined(text: string, run: Run): string {
  const letters = run.starts.map((at) => text.charAt(at));
  const gaps = run.starts.slice(1).map((at, index) => at - (run.starts[index] ?? 0));
  const narrow = gaps.reduce((least, gap) => Math.min(least, gap), Infinity);
  const words: string[] = [];
  let word = letters[0] ?? '';
  gaps.forEach((gap, index) => {
    const letter = letters[index + 1] ?? '';
    if (gap === narrow) word += letter;
    else {
      words.push(word);
      word = letter;
    }
  });
  words.push(word);
  return words.some((each) => each.length < 2) ? letters.join('') : words.join(' ');
}
