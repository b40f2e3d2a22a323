import { writeFileSync } from 'node:fs';
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { replayCommand } from './replay-command.ts';

async function run(...args: string[]) {
  const printed: string[] = [];
  return { code: await replayCommand(args, (line) => printed.push(line)), printed: printed.join('\n') };
}

it('explains itself when asked, and when it is asked wrongly', async () => {
  expect(await run('--help')).toMatchObject({ code: 0, printed: expect.stringContaining('--ca-file') });
  expect(await run('--topic', 'events')).toMatchObject({ code: 2, printed: expect.stringContaining('--brokers') });
  expect(await run('--colour')).toMatchObject({ code: 2 });
  expect(await run('--brokers', 'b:1', '--topic', 'events', '--ca-file', '/no/such/file')).toMatchObject({ code: 2 });
});

it('says what went wrong', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'replay-'));
  const file = join(folder.path, 'secret');
  writeFileSync(file, 'secret\n');
  const login = ['--username', 'ops', '--password-file', file, '--ca-file', file];
  const { code, printed } = await run('--brokers', '127.0.0.1:1', '--topic', 'events', ...login);
  expect(code).toBe(1);
  expect(printed).toContain('nothing more was replayed');
});
