import { expect, test } from 'vitest';
import { readCard } from './visiting-card.ts';

test('addresses and the lines that people read', () => {
  const vcard = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    'FN:Ольга',
    'ORG:Работа онлайн',
    'NOTE;CHARSET=UTF-8:от 5000 в день',
    'item1.URL;type=pref:https://dohod.example/x\r',
    'TEL:+1',
    'END:VCARD',
  ].join('\n');
  expect(readCard(vcard)).toEqual({ words: ['Работа онлайн', 'от 5000 в день'], urls: ['https://dohod.example/x'] });
});

test.each([undefined, 5, '', 'no card at all', ':', 'URL:'])('nothing in %j', (vcard) => {
  expect(readCard(vcard)).toEqual({ words: [], urls: [] });
});
