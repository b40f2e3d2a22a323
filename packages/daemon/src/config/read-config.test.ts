import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Type, type TObject } from 'typebox';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError } from './config-error.ts';
import { readConfig, type Environment } from './read-config.ts';

const folder = mkdtempSync(join(tmpdir(), 'read-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function secretFile(content: string): string {
  const path = join(folder, 'secret');
  writeFileSync(path, content);
  return path;
}

/** What is wrong, by name. */
function problemsOf(schema: TObject, env: Environment): Record<string, string> {
  try {
    readConfig(schema, env);
    return {};
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return Object.fromEntries(error.problems.map(({ name, problem }) => [name, problem]));
  }
}

describe('values', () => {
  it('turns text into what the schema asks for', () => {
    const schema = Type.Object({
      PORT: Type.Integer(),
      SPEED: Type.Number(),
      NAME: Type.String(),
      MODE: Type.Enum(['observe', 'enforce']),
      VERSION: Type.Enum([1, 2]),
      DEBUG: Type.Boolean(),
    });
    const env = { PORT: ' 3000 ', SPEED: '.5', NAME: '12', MODE: 'enforce', VERSION: '2', DEBUG: 'Yes' };
    expect(readConfig(schema, env)).toEqual({
      PORT: 3000,
      SPEED: 0.5,
      NAME: '12',
      MODE: 'enforce',
      VERSION: 2,
      DEBUG: true,
    });
  });

  it.each([
    ['1', true],
    ['true', true],
    ['ON', true],
    ['0', false],
    ['False', false],
    ['no', false],
    ['off', false],
  ])('reads %s as %s', (text, value) => {
    expect(readConfig(Type.Object({ DEBUG: Type.Boolean() }), { DEBUG: text })).toEqual({ DEBUG: value });
  });

  it('takes the default for what is not set or empty, and leaves out what is optional', () => {
    const schema = Type.Object({
      PORT: Type.Integer({ default: 3000 }),
      HOST: Type.String({ default: 'localhost' }),
      LIST: Type.String({ default: '' }),
      URL: Type.Optional(Type.String()),
    });
    expect(readConfig(schema, { HOST: '' })).toEqual({ PORT: 3000, HOST: 'localhost', LIST: '' });
  });

  it('does not mind variables that it does not know', () => {
    expect(readConfig(Type.Object({}), { CHATWARDEN_OTHER: 'x', PATH: '/bin' })).toEqual({});
  });
});

describe('problems', () => {
  it('tells all of them at once, each with what is expected and what was given', () => {
    const schema = Type.Object({
      PORT: Type.Integer({ minimum: 0, maximum: 65_535, description: 'port of the portal' }),
      WORKERS: Type.Integer({ minimum: 1 }),
      SPEED: Type.Number({ maximum: 10 }),
      RATE: Type.Number(),
      MODE: Type.Enum(['observe', 'enforce']),
      DEBUG: Type.Boolean(),
      ROOT: Type.String({ pattern: '^https?://', description: 'address of the server' }),
      NAME: Type.String(),
    });
    const env = {
      PORT: '3000x',
      WORKERS: '0',
      SPEED: '11',
      RATE: 'Infinity',
      MODE: 'Enforce',
      DEBUG: 'maybe',
      ROOT: 'localhost',
    };
    expect(problemsOf(schema, env)).toEqual({
      PORT: 'expected a whole number from 0 to 65535 (port of the portal); got "3000x"',
      WORKERS: 'expected a whole number of at least 1; got "0"',
      SPEED: 'expected a number of at most 10; got "11"',
      RATE: 'expected a number; got "Infinity"',
      MODE: 'expected one of observe, enforce; got "Enforce"',
      DEBUG: 'expected yes or no; got "maybe"',
      ROOT: 'expected text matching ^https?:// (address of the server); got "localhost"',
      NAME: 'is not set; expected text',
    });
  });

  it('says them in one message for people', () => {
    const schema = Type.Object({ A: Type.Integer(), B: Type.Integer() });
    expect(() => readConfig(schema, { A: '1' })).toThrow(
      'a setting is wrong:\n  B: is not set; expected a whole number',
    );
    expect(() => readConfig(schema, {})).toThrow(/^2 settings are wrong:\n {2}A: .*\n {2}B: /);
  });
});

describe('secrets', () => {
  const schema = Type.Object({ TOKEN: Type.String({ pattern: '^\\d+:\\w+$', secret: true }) });

  it('may be in a file, whose content is trimmed', () => {
    expect(readConfig(schema, { TOKEN_FILE: secretFile('1:abc\n') })).toEqual({ TOKEN: '1:abc' });
    expect(readConfig(schema, { TOKEN: '1:abc', TOKEN_FILE: '' })).toEqual({ TOKEN: '1:abc' });
  });

  it('must not be given both ways', () => {
    expect(problemsOf(schema, { TOKEN: '1:abc', TOKEN_FILE: secretFile('1:abc') })).toEqual({
      TOKEN: 'is given twice, also as TOKEN_FILE; unset one of them',
    });
  });

  it('are never shown, from wherever they come', () => {
    for (const env of [{ TOKEN: 'hunter2' }, { TOKEN_FILE: secretFile('hunter2') }]) {
      const { TOKEN } = problemsOf(schema, env);
      expect(TOKEN).toContain('not shown');
      expect(TOKEN).not.toContain('hunter2');
    }
  });

  it('in a file that is empty or missing are a problem', () => {
    const file = secretFile(' \n');
    expect(problemsOf(schema, { TOKEN_FILE: file })).toEqual({ TOKEN: `the file ${file} of TOKEN_FILE is empty` });
    expect(problemsOf(schema, { TOKEN_FILE: join(folder, 'missing') })['TOKEN']).toContain('ENOENT');
  });

  it('alone may be in files: for other settings NAME_FILE means nothing', () => {
    const plain = Type.Object({ NAME: Type.String({ default: 'ann' }) });
    expect(readConfig(plain, { NAME_FILE: secretFile('bob') })).toEqual({ NAME: 'ann' });
  });
});
