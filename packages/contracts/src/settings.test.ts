import { expect, test } from 'vitest';
import { clientIdOf, colourOf } from './settings.ts';

test('the colour of a detector can be told from what it is called in Kafka', () => {
  expect(clientIdOf('detect-7d9f.a', 'green')).toBe('detect-7d9f.a.green');
  expect(colourOf(clientIdOf('detect-0', 'blue'))).toBe('blue');
  for (const clientId of ['detect-blue-0', 'green.detect', 'detect.greenish', 'detect.']) {
    expect(colourOf(clientId)).toBeUndefined();
  }
});
