import { retryClassOf } from '@chatwarden/contracts';
import { describe, expect, test } from 'vitest';
import { refusalCode, TelegramError, toProblem } from './telegram-error.ts';

describe('answers of the Bot API', () => {
  test.each([
    [401, 'Unauthorized', 'unauthorized'],
    [404, 'Not Found: method not found', 'methodUnknown'],
    [409, 'Conflict: terminated by other getUpdates request', 'conflict'],
    [403, 'Forbidden: bot was kicked from the supergroup chat', 'botIsGone'],
    [400, 'Bad Request: chat not found', 'chatGone'],
    [400, 'Bad Request: method is available only for supergroups', 'supergroupOnly'],
  ])('%i %s is a refusal with a name', (error_code, description, code) => {
    const error = new TelegramError('m', toProblem({ error_code, description }));
    expect(refusalCode(error)).toBe(code);
    expect(retryClassOf(error)).toBe('never');
  });

  test('a migrated chat says where to', () => {
    const description = 'Bad Request: group chat was upgraded to a supergroup chat';
    const problem = toProblem({ error_code: 400, description, parameters: { migrate_to_chat_id: -1005 } });
    expect(problem).toMatchObject({ code: 'chatMigrated', migratedTo: -1005 });
  });

  test('a server in trouble is away, and so is one that wants a pause', () => {
    expect(retryClassOf(new TelegramError('m', toProblem({ error_code: 500, description: 'Internal' })))).toBe('later');
    expect(toProblem({ error_code: 429, description: 'Too Many Requests' })).toMatchObject({
      kind: 'retryAfter',
      seconds: 1,
    });
    expect(refusalCode(new Error('x'))).toBeNull();
  });
});
