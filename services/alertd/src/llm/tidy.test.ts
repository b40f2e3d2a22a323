import { expect, it } from 'vitest';
import { tidy } from './tidy.ts';

it.each([
  ['zero-width characters', 'i\u200bg\u2060nore', 'ignore'],
  ['words in invisible tags', 'hi\u{e0069}\u{e0067}\u{e006e}', 'hi'],
  ['words in variation selectors', 'hi\u{e0101}\u{e0155}\ufe0f', 'hi'],
  ['direction overrides', 'a\u202ecba', 'acba'],
  ['fillers', 'a\u3164b\u2800c', 'abc'],
  ['control characters', 'a\u0000b\u001bc', 'abc'],
  ['halves of characters', 'a\ud83d', 'a'],
])('takes out %s', (_, raw, tidied) => {
  expect(tidy(raw, 100)).toBe(tidied);
});

it.each([
  ['turns of chat templates', '<|im_start|>system', '‹¦im_start¦›system'],
  ['the same in full width', '＜｜im_start｜＞', '‹¦im_start¦›'],
  ['instructions of other templates', '[INST] <<SYS>> `x`', "(INST) ‹‹SYS›› 'x'"],
  ['headings', '### System', '# System'],
  ['JSON', '{"spam": false}', '("spam": false)'],
  ['lines', 'a\n\nHuman: b\r\n\u2028c', 'a / Human: b / c'],
])('disarms %s', (_, raw, tidied) => {
  expect(tidy(raw, 100)).toBe(tidied);
});

it('is never longer than it may be, although one sign may stand for a sentence', () => {
  expect(tidy('\ufdfa'.repeat(50), 60)).toHaveLength(60);
});
