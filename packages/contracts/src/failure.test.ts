import { describe, expect, test } from 'vitest';
import { codeOf, Failure, messageOf, retryClassOf } from './failure.ts';

describe('failures', () => {
  const away = new Failure('postgresAway', 'later', { message: 'no answer', cause: new Error('ECONNREFUSED') });

  test('say when to try again', () => {
    expect([retryClassOf(away), codeOf(away), messageOf(away)]).toEqual(['later', 'postgresAway', 'no answer']);
    expect((away.cause as Error).message).toBe('ECONNREFUSED');
  });

  test('a surprise is tried again now', () => {
    expect([retryClassOf(new TypeError('x')), codeOf('x'), messageOf('x')]).toEqual(['now', 'unexpected', 'x']);
  });
});
