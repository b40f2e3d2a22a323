import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { headOf } from './read-options.ts';

const dir = mkdtempSync(join(tmpdir(), 'chatwarden-options-'));
afterAll(() => rmSync(dir, { recursive: true }));

const script = join(dir, 'script.ts');
writeFileSync(
  script,
  `/**
 * Counts sheep.
 *   node script.ts [--sheep 3]
 */
import { readOptions } from ${JSON.stringify(join(import.meta.dirname, 'read-options.ts'))};
const { values } = readOptions(import.meta.filename, { sheep: { type: 'string', default: '3' } });
console.log(values.sheep);
`,
);

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('options of a script', () => {
  it('have their defaults, and take what is said', () => {
    expect(run()).toMatchObject({ status: 0, stdout: '3\n' });
    expect(run('--sheep', '4')).toMatchObject({ status: 0, stdout: '4\n' });
  });

  it('are explained by its head comment', () => {
    expect(run('--help')).toEqual({ status: 0, stdout: 'Counts sheep.\n  node script.ts [--sheep 3]\n', stderr: '' });
  });

  it('that it does not have end it with a word on where to look', () => {
    const { status, stderr } = run('--cows');
    expect(status).toBe(2);
    expect(stderr).toContain("Unknown option '--cows'");
    expect(stderr).toContain('--help" tells what there is');
  });
});

describe('the head comment of a source', () => {
  it('may be of lines, or of one line', () => {
    expect(headOf('// One\n// two.\nimport x;\n// three')).toBe('One\ntwo.');
    expect(headOf('/** One. */\nimport x;')).toBe('One.');
    expect(headOf('import x;')).toBe('');
  });
});
