import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandOf, standsIn, startOf } from './process-facts.ts';

describe('process facts', () => {
  it('tell the start of a live process, the same each time', () => {
    expect(startOf(process.pid)).toEqual(expect.any(String));
    expect(startOf(process.pid)).toBe(startOf(process.pid));
    expect(startOf(process.pid)).not.toBe(startOf(1));
  });

  it('tell the program, its arguments and where it stands', async () => {
    const folder = realpathSync('/tmp');
    const child = spawn('sleep', ['600'], { cwd: folder });
    await once(child, 'spawn');
    const pid = Number(child.pid);
    expect(commandOf(pid).slice(0, 2)).toEqual(['sleep', '600']);
    expect([standsIn(pid, folder), standsIn(pid, '/')]).toEqual([true, false]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect([startOf(pid), commandOf(pid), standsIn(pid, folder)]).toEqual([undefined, [], false]);
  });
});
