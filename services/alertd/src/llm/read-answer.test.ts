import { describe, expect, it } from 'vitest';
import { readAnswer } from './read-answer.ts';

const ID = 'a'.repeat(32);
const good = { id: ID, spam: true, confidence: 0.93, reason: 'an advert' };

describe('an answer', () => {
  it('is an object of the agreed form with the id of the call', () => {
    expect(readAnswer(`\n${JSON.stringify(good)} `, ID)).toEqual({
      opinion: { spam: true, confidence: 0.93, reason: 'an advert' },
    });
  });

  it.each([
    ['prose around it', `Sure! ${JSON.stringify(good)}`],
    ['a code fence around it', `\`\`\`json\n${JSON.stringify(good)}\n\`\`\``],
    ['two of them', `${JSON.stringify(good)}${JSON.stringify(good)}`],
    ['a list', JSON.stringify([good])],
    ['null', 'null'],
    ['nothing', ''],
    ['another id', JSON.stringify({ ...good, id: 'b'.repeat(32) })],
    ['no id', JSON.stringify({ ...good, id: undefined })],
    ['a word for a boolean', JSON.stringify({ ...good, spam: 'true' })],
    ['percent', JSON.stringify({ ...good, confidence: 93 })],
    ['a word for a number', JSON.stringify({ ...good, confidence: '0.93' })],
    ['no reason', JSON.stringify({ ...good, reason: undefined })],
    ['a field too many', JSON.stringify({ ...good, action: 'ban' })],
    ['a sermon', JSON.stringify({ ...good, reason: 'x'.repeat(1001) })],
    ['a flood', JSON.stringify({ ...good, reason: 'x'.repeat(5000) })],
  ])('is none with %s', (_, content) => {
    const reading = readAnswer(content, ID);
    expect(reading).toHaveProperty('none');
    expect(JSON.stringify(reading)).not.toContain('advert');
  });
});
