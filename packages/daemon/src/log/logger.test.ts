import { ECS_VERSION, Failure, LogEvent } from '@chatwarden/contracts';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { createLogger, silentLogger, withTrace, type LoggerOptions } from './logger.ts';
import type { EcsDocument } from './to-ecs.ts';

const service = { name: 'bot', version: '1.2.3', environment: 'test', node: { name: 'here' } };
const TOKEN = `123456789:${'A1_b-'.repeat(7)}`;

function logged(options: Partial<LoggerOptions> & { isTTY?: boolean } = {}) {
  const written: string[] = [];
  const destination = { write: (line: string) => void written.push(line), isTTY: options.isTTY ?? false };
  const log = createLogger({ service, level: 'debug', destination, ...options });
  const last = () => JSON.parse(written.at(-1) ?? '') as EcsDocument;
  return { log, written, last };
}

describe('a line', () => {
  it('is one ECS document', () => {
    const { log, last, written } = logged();
    log.info('polling');
    expect(written).toEqual([expect.stringMatching(/^\{.*\}\n$/)]);
    expect(last()).toMatchObject({
      '@timestamp': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      message: 'polling',
      log: { level: 'info', logger: 'bot' },
      ecs: { version: ECS_VERSION },
      event: { kind: 'event', dataset: 'bot.log' },
      service,
    });
    expect(Value.Check(LogEvent.properties.service, last().service)).toBe(true);
  });

  it('keeps the fields that ECS knows in their place and makes labels of the others', () => {
    const { log, last } = logged();
    const child = log.child({ logger: 'poll', chatId: -100, event: { action: 'poll' } });
    child.warn({ updateId: 7, rights: { canDelete: true }, labels: { demo: 'true' }, absent: null, url: 'x' }, 'odd');
    expect(last()).toMatchObject({
      log: { level: 'warn', logger: 'poll' },
      event: { kind: 'event', dataset: 'bot.log', action: 'poll' },
      labels: { chatId: '-100', updateId: '7', rights: '{"canDelete":true}', demo: 'true', url: 'x' },
    });
    expect(last().labels).not.toHaveProperty('absent');
  });

  it('has each name once, the innermost value', () => {
    const { log, written, last } = logged();
    log.child({ chatId: 1 }).child({ chatId: 2 }).info({ chatId: 3 }, 'hi');
    expect(written[0]?.match(/chatId/g)).toHaveLength(1);
    expect(last().labels).toEqual({ chatId: '3' });
  });

  it('tells type, code, message and stack of an error, and nothing else of it', () => {
    const { log, last } = logged();
    const error = Object.assign(new Failure('away', 'later', { message: 'no route' }), { payload: { chat: 'words' } });
    log.error({ err: error }, 'cannot go on');
    expect(last().error).toEqual({
      type: 'Failure',
      code: 'away',
      message: 'no route',
      stack_trace: expect.stringContaining('logger.test.ts'),
    });
    expect(JSON.stringify(last())).not.toContain('words');
  });

  it('takes its message from a bare error, and copes with one that is none', () => {
    const { log, last } = logged();
    log.error(new TypeError('not a function'));
    expect(last()).toMatchObject({ message: 'not a function', error: { type: 'TypeError' } });
    log.error({ err: 'only words' });
    expect(last()).toMatchObject({ message: 'only words', error: { message: 'only words' } });
    log.error({ err: { reason: 1 } });
    expect(last()).toMatchObject({ message: '', error: { message: '' } });
    log.info({ chatId: 1 });
    expect(last().message).toBe('');
  });

  it('belongs to a trace when it is told so', () => {
    const { log, last } = logged();
    withTrace(log, `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`).info('judged');
    expect(last()).toMatchObject({ trace: { id: 'a'.repeat(32) }, span: { id: 'b'.repeat(16) } });
  });

  it('below the level is not written', () => {
    const { log, written } = logged({ level: 'warn' });
    log.info('polling');
    expect(written).toEqual([]);
    expect(silentLogger().isLevelEnabled('fatal')).toBe(false);
  });
});

describe('what never leaves', () => {
  it('is a bot token, wherever it stands', () => {
    const { log, written } = logged();
    const error = new Error(`GET https://api.telegram.org/bot${TOKEN}/getMe failed`);
    log.child({ where: TOKEN }).error({ err: error, deep: [{ url: `a ${TOKEN} b` }] }, `with ${TOKEN}!`);
    log.info('http://localhost:8081/bot42:demo/getUpdates');
    expect(written.join('')).not.toMatch(/A1_b-|42:demo/);
    expect(written[1]).toContain('http://localhost:8081/bot[redacted]/getUpdates');
  });

  it.each(['text', 'caption', 'token', 'authorization', 'cookie', 'password', 'secret'])(
    'is a field named %s',
    (name) => {
      const { log, written } = logged();
      const fields = { [name]: 'hidden', deep: [{ [name]: { inner: 'hidden' } }] };
      log.child({ [name]: 'hidden' }).info(fields, 'said');
      log.info({ [`my${name[0]?.toUpperCase()}${name.slice(1)}`]: 'hidden', [`x-${name}`]: 'hidden' }, 'said');
      log.info({ [name.toUpperCase()]: 'hidden', [`BOT_${name.toUpperCase()}`]: 'hidden' }, 'said');
      expect(written.join('')).not.toContain('hidden');
    },
  );

  it('is not a number about it, nor a name that only begins alike', () => {
    const { log, last } = logged();
    log.info({ textLength: 12, hasCaption: false, tokens: 'many', context: 'c' }, 'said');
    expect(last().labels).toEqual({ textLength: '12', hasCaption: 'false', tokens: 'many', context: 'c' });
  });
});

describe('a pretty line', () => {
  it('is for people: time, level, message, labels', () => {
    const { log, written } = logged({ format: 'pretty' });
    log.info({ chatId: 5 }, 'new group');
    expect(written).toEqual([expect.stringMatching(/^\d\d:\d\d:\d\d INFO {2}new group chatId=5\n$/)]);
  });

  it('adds the error unless the message has said it', () => {
    const { log, written } = logged({ format: 'pretty' });
    log.warn({ err: new TypeError('no route') }, 'waiting');
    log.warn({ err: new Error('no route') }, 'waiting: no route');
    log.warn({ err: new Error('no route', { cause: new Error('cable') }) }, 'no route');
    expect(written.map((line) => line.slice(9))).toEqual([
      'WARN  waiting (TypeError: no route)\n',
      'WARN  waiting: no route\n',
      'WARN  no route\n',
    ]);
  });

  it('shows the stack of a surprise, not of an error that explains itself by a code', () => {
    const { log, written } = logged({ format: 'pretty' });
    log.error({ err: new Error('surprise') }, 'failed');
    log.error({ err: new Failure('busy', 'never', { message: 'port 3000 is busy' }) }, 'failed');
    expect(written[0]).toMatch(/ERROR failed \(Error: surprise\)\n {4}at /);
    expect(written[1]).toMatch(/ERROR failed \(Failure: port 3000 is busy\)\n$/);
  });

  it('has colours at a terminal', () => {
    const { log, written } = logged({ format: 'pretty', isTTY: true });
    log.warn('odd');
    log.info('fine');
    expect(written[0]?.startsWith('\u001b[33m')).toBe(true);
    expect(written[0]?.endsWith('\u001b[0m\n')).toBe(true);
    expect(written[1]).not.toContain('\u001b');
  });
});
