import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from './fold.ts';

describe('a text is read as people read it', () => {
  test.each([
    ['Cyrillic letters in a Latin word', 'cаsinо bоnus', 'casino bonus'],
    ['Latin letters in a Cyrillic word', 'кaзинo', 'казино'],
    ['full-width letters', 'ＣＡＳＩＮＯ', 'casino'],
    ['mathematical letters', '𝐜𝐚𝐬𝐢𝐧𝐨', 'casino'],
    ['zero-width characters', 'ca\u200bsi\u200bno', 'casino'],
    ['spaced letters', 'к а з и н о сегодня', 'казино сегодня'],
    ['stacked marks, but for the first, which spelling may need', 'c\u0301\u0302\u0303asino', '\u0107asino'],
    ['capitals and spaces', '  FREE   Money ', 'free money'],
  ])('%s', (_name, raw, text) => {
    expect(fold(raw).text).toBe(text);
  });

  test('what was folded is counted', () => {
    expect(fold('cаsinо').facts.mixedScriptWords).toBe(1);
    expect(fold('ca\u200bsi\u200bno').facts.invisible).toBe(2);
    expect(fold('к а з и н о').facts.spacedLetters).toBeGreaterThan(0);
    expect(fold('🎰🎰🎰 bonus').facts.emoji).toBe(3);
  });

  test.each(['привет, как дела?', 'GitHub и SMSки', 'naïve café', 'שלום לכולם', '今天天气很好', 'नमस्ते दोस्तों'])(
    'honest writing is no disguise: %s',
    (raw) => {
      const { facts } = fold(raw);
      expect([facts.mixedScriptWords, facts.stackedMarks, facts.spacedLetters]).toEqual([0, 0, 0]);
    },
  );

  test('anything at all is folded, and the same every time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (raw) => {
        expect(fold(raw)).toEqual(fold(raw));
      }),
    );
  });
});
