import { Failure } from '@chatwarden/contracts';
import { describe, expect, it } from 'vitest';
import { toFailure } from './to-failure.ts';

const withCode = (code: string, message = 'it did not work') => Object.assign(new Error(message), { code });
const AWAY = { code: 'postgresAway', retry: 'later' };

describe('an error of the database', () => {
  it.each([
    ['a refused connection', withCode('ECONNREFUSED')],
    ['a name that nobody knows now', withCode('EAI_AGAIN')],
    ['a server that is shutting down', withCode('57P01')],
    ['a server that is starting', withCode('57P03')],
    ['a statement that took too long', withCode('57014')],
    ['too many connections', withCode('53300')],
    ['a full disk', withCode('53100')],
    ['a lost connection', withCode('08006')],
    ['a standby that does not write', withCode('25006')],
    ['a connection that ended without a word', new Error('Connection terminated unexpectedly')],
    ['no connection in time', new Error('timeout exceeded when trying to connect')],
    ['no answer in time', new Error('Query read timeout')],
    ['every address refused', new AggregateError([withCode('ECONNREFUSED'), withCode('ENETUNREACH')])],
  ])('means that it is away: %s', (_, error) => {
    expect(toFailure(error)).toMatchObject({ ...AWAY, cause: error });
  });

  it.each([
    ['a broken constraint', withCode('23505')],
    ['a wrong password', withCode('28P01')],
    ['a mistake in a statement', withCode('42601')],
    ['a mistake of ours elsewhere', new TypeError('x is not a function')],
    ['a Failure', new Failure('unknownGroup', 'never', { message: 'there is none' })],
    ['nothing at all', undefined],
  ])('stays what it is: %s', (_, error) => {
    expect(toFailure(error)).toBe(error);
  });
});
