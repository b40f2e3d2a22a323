/** Whatever a stranger sends costs in proportion to its length: counted in operations, never in time. */
import { firstContext, type Entity, type ListEntry, type Message } from '@chatwarden/contracts';
import { anEvent, aPolicy, NOON } from '@chatwarden/testkit';
import { describe, expect, test } from 'vitest';
import { countOperations } from '../../test/count-operations.ts';
import { neutralModel } from '../../test/judging.ts';
import { judge, prepare } from '../index.ts';

const LONG = 100_000;
/** For each code unit: two dozen walks over the text, and characters that folding spells out in a few letters. */
const OPERATIONS_PER_UNIT = 300;

const blocked: ListEntry[] = ['a*b', '*a*a*a*z', 'а*я', 'x', '*.*', 'a b*c'].flatMap((value) => [
  { kind: 'word', value },
  { kind: 'phrase', value },
]);

function operationsOf(message: Partial<Message>, name = 'Ann'): number {
  const event = anEvent({ message, sender: { name } });
  return countOperations(() => {
    judge({
      prepared: prepare(event),
      context: firstContext(NOON),
      policy: aPolicy({ blocked }),
      model: neutralModel,
      detectorVersion: { version: '0', model: '0' },
    });
  });
}

/** A text of `length` units made of `part` again and again, with `end` at its end. */
const filled = (part: string, length: number, end = '') =>
  part.repeat(Math.ceil(length / part.length)).slice(0, length - end.length) + end;

const SHAPES: [name: string, part: string, end?: string][] = [
  ['one letter', 'a'],
  ['one word of two scripts', 'aа'],
  ['words of two scripts', 'cаsinо '],
  ['look-alikes only', 'соре '],
  ['letters apart', 'a '],
  ['letters apart by dots', 'к.'],
  ['letters apart by changing signs', 'к.а-з и'],
  ['digits in words', 'a1b0'],
  ['digits', '0'],
  ['signs in words', 'a@b$'],
  ['dots', '.'],
  ['hosts', 'a.com '],
  ['hosts without end', 'a.com.'],
  ['hosts that are none', 'a.zz/'],
  ['hosts and paths', 'x.com/'],
  ['schemes', 'http://'],
  ['schemes of Telegram', 'tg://'],
  ['punycode', 'xn--80ak6aa92e.com '],
  ['punycode without end', 'xn--a'],
  ['handles', '@anna_k '],
  ['at signs', '@'],
  ['slashes', '/'],
  ['white space', ' '],
  ['line ends', '\n'],
  ['zero width', '\u200b'],
  ['zero width in words', 'a\u200b'],
  ['direction overrides', '\u202ea\u202c'],
  ['marks', 'a' + '\u0301'.repeat(50)],
  ['marks alone', '\u0301'],
  ['Thai marks', 'ก\u0e31\u0e49'],
  ['emoji', '🎰'],
  ['joined emoji', '👨\u200d'],
  ['regional indicators', '🇦'],
  ['mathematical letters', '𝐜𝐚'],
  ['full-width letters', 'ａ'],
  ['small capitals', 'ᴄᴀ'],
  ['circled letters', '🅣'],
  ['halves of pairs', '\ud83c'],
  ['tags', '\u{e0061}'],
  ['Han', '今天'],
  ['Arabic with joiners', 'می\u200c'],
  ['signs for sentences', 'ﷺ'],
  ['signs for words', '㌀'],
  ['fractions', '⅞'],
  ['a pattern that almost matches', 'a ', 'bx'],
  ['a pattern that almost matches, in words', 'a', 'z'],
];

/** Twice the message may cost a little more than twice the work. Says the numbers when it costs more. */
function growthOf(operations: (length: number) => number): string {
  const [half, full] = [operations(LONG / 2), operations(LONG)];
  const linear = full < 2.2 * half + 10_000 && full < OPERATIONS_PER_UNIT * LONG;
  return linear ? 'linear' : `${half} operations for half of it, ${full} for all`;
}

describe('a message of 100 kB is judged in linear time', () => {
  test.each(SHAPES)('%s', (_name, part = '', end = '') => {
    expect(growthOf((length) => operationsOf({ text: filled(part, length, end) }))).toBe('linear');
  });

  test.each(SHAPES.slice(0, 12))('%s as the words of a poll, a quote and a name', (_name, part = '') => {
    expect(
      growthOf((length) => {
        const text = filled(part, length / 4);
        const externalReply = { origin: { type: 'unknown' as const }, otherChat: true, media: [] };
        return operationsOf(
          { text: '', attachments: ['poll'], attachmentText: text, quote: { text, manual: true }, externalReply },
          text,
        );
      }),
    ).toBe('linear');
  });
});

describe('a message of thousands of parts is judged in linear time', () => {
  const text = filled('word ', LONG);
  const every = (type: string, count: number, over: Partial<Entity> = {}): Entity[] =>
    Array.from({ length: count }, (_, at) => ({ type, offset: at * 5, length: 4, ...over }));

  test.each(['url', 'text_link', 'mention', 'text_mention', 'spoiler', 'expandable_blockquote', 'custom_emoji'])(
    'entities: %s',
    (type) => {
      expect(
        growthOf((length) => operationsOf({ text, entities: every(type, length / 50, { url: 'https://a.example' }) })),
      ).toBe('linear');
    },
  );

  test('entities that lie in each other', () => {
    expect(
      growthOf((length) => {
        const entities = [...every('spoiler', length / 100, { offset: 0, length: 99 }), ...every('url', length / 100)];
        return operationsOf({ text, entities });
      }),
    ).toBe('linear');
  });

  test('buttons, files and links behind words', () => {
    expect(
      growthOf((length) => {
        const urls = Array.from({ length: length / 100 }, (_, at) => `https://a${at}.example/x`);
        return operationsOf({
          text: '.',
          attachmentUrls: urls,
          buttons: urls.map((url) => ({ text: 'x', url })),
          media: urls.map((url) => ({ kind: 'document', fileName: url, fileUniqueId: url })),
        });
      }),
    ).toBe('linear');
  });
});
