import { expect, it } from 'vitest';
import { questionKey } from './question-key.ts';
import { redact } from './redact.ts';

const key = { id: 'aabbccdd', bytes: new Uint8Array(32).fill(1) };

function keyOf(text: string, { groupPrompt = '', model = 'tiny', by = key } = {}) {
  const shown = redact({ text, entities: [], buttons: [], name: 'Ann' });
  return questionKey(by, { shown, groupPrompt }, model);
}

const advert = 'Casino bonus 500$! Write @lucky_bot: casino.example';

it.each([
  ['case and emoji', 'CASINO bonus 500$ 🎰🎰 write @lucky_bot casino.example'],
  ['numbers', 'Casino bonus 750$! Write @lucky_bot: casino.example'],
  ['handles', 'Casino bonus 500$! Write @another1: casino.example'],
  ['letters of another script', 'Саsinо bonus 500$! Write @lucky_bot: casino.example'],
])('copies that differ in %s are one question', (_, copy) => {
  expect(keyOf(copy)).toBe(keyOf(advert));
});

it.each([
  ['another word', keyOf(advert.replace('bonus', 'tips'))],
  ['another host', keyOf(advert.replace('casino.example', 'seeds.example'))],
  ['another prompt of the group', keyOf(advert, { groupPrompt: 'Adverts are welcome.' })],
  ['another model', keyOf(advert, { model: 'large' })],
  ['another group', keyOf(advert, { by: { ...key, bytes: new Uint8Array(32).fill(2) } })],
])('%s is another question', (_, other) => {
  expect(other).not.toBe(keyOf(advert));
});

it('the same words in another part of the message are another question', () => {
  const quoted = redact({ text: '', entities: [], buttons: [], name: 'Ann', quote: { text: advert } });
  expect(questionKey(key, { shown: quoted, groupPrompt: '' }, 'tiny')).not.toBe(keyOf(advert));
});
