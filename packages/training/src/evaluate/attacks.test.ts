import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { ATTACKS } from './attacks.ts';

const TEXT = 'Работа на дому, пишите Анне: job at home, write to Anna';

function attacked(name: string, strength = 1): string | undefined {
  return ATTACKS.find((attack) => attack.name === name)?.apply(TEXT, strength, createRandom(1));
}

test.each(ATTACKS.map(({ name }) => name))('%s changes a text, and the same way every time', (name) => {
  expect(attacked(name)).not.toBe(TEXT);
  expect(attacked(name)).toBe(attacked(name));
});

test.each([
  ['look-alike letters', 'Paбoтa'],
  ['Latin transcription', 'rabota'],
  ['letters spaced out', 'Р а б о т а'],
  ['neighbours swapped', 'Раобта'],
  ['full-width letters', 'ｊｏｂ'],
  ['mathematical letters', '𝐣𝐨𝐛'],
  ['words run together', 'Работанадому'],
])('%s makes what its name says', (name, expected) => {
  expect(attacked(name)).toContain(expected);
});

test('honest sentences grow with strength, and the text stays whole', () => {
  const [weak = '', strong = ''] = [0.1, 1].map((strength) => attacked('honest sentences after it', strength));
  expect(weak.startsWith(TEXT)).toBe(true);
  expect(strong.length).toBeGreaterThan(weak.length);
});
