import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { guard } from './guard.ts';
import { createProcessServer } from './process-server.ts';

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chatwarden-server-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A shell in the place of Java. */
function aServer(script: string, folder = aFolder()) {
  const options = { name: 'Thing 1', folder, program: '/bin/sh', args: ['-c', script], env: {} };
  const server = createProcessServer({ ...options, isReady: (printed) => printed.includes('ready') });
  onTestFinished(() => server.remove());
  return { ...server, folder };
}

describe('a server process', () => {
  it('that ends instead of starting is shown with what it said, and its log is kept', async () => {
    const { start, folder } = aServer('echo no such setting; exit 3');
    await expect(start()).rejects.toThrow(/Thing 1 ended instead of starting.*\nno such setting$/s);
    expect(readFileSync(join(folder, 'server.log'), 'utf8')).toBe('no such setting\n');
  });

  it('that is not even there is told as well', async () => {
    const server = createProcessServer({
      name: 'Thing 1',
      folder: aFolder(),
      program: '/nowhere/java',
      args: [],
      env: {},
      isReady: () => true,
    });
    await expect(server.start()).rejects.toThrow('Thing 1 ended instead of starting');
  });

  it('is ready by what it says this time, not the last time', async () => {
    const folder = aFolder();
    const once = `${folder}/once`;
    const { start, stop, logTail } = aServer(
      `[ -e ${once} ] && exit 4; touch ${once}; echo ready; exec sleep 600`,
      folder,
    );
    await start();
    await stop();
    await stop();
    expect(await logTail()).toBe('ready');
    await expect(start()).rejects.toThrow('ended instead of starting');
  });

  it('takes its folder with it', async () => {
    const { start, remove, folder, logTail } = aServer('echo ready; exec sleep 600');
    await start();
    await remove();
    expect(existsSync(folder)).toBe(false);
    expect(await logTail()).toBe('');
  });
});

describe('the guard of a server', () => {
  const OWNER = `
    import { spawn } from 'node:child_process';
    import { guard } from ${JSON.stringify(new URL('guard.ts', import.meta.url).href)};
    const server = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    guard({ pid: server.pid, folder: process.argv[1] });
    console.log(server.pid);
  `;

  it('ends it, with its data, when the owner is killed', async () => {
    const folder = aFolder();
    const owner = spawn(process.execPath, ['--input-type=module', '--eval', OWNER, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [printed] = (await once(owner.stdout, 'data')) as [Buffer];
    owner.kill('SIGKILL');
    await vi.waitUntil(() => !isAlive(Number(printed)) && !existsSync(folder), { timeout: 20_000 });
    expect(isAlive(Number(printed))).toBe(false);
  });

  it('does nothing once it is dismissed', async () => {
    const folder = aFolder();
    const server = spawn('sleep', ['600'], { stdio: 'ignore' });
    const ended = once(server, 'exit');
    guard({ pid: server.pid as number, folder })();
    server.kill('SIGTERM');
    expect(await ended).toEqual([null, 'SIGTERM']);
    expect(existsSync(folder)).toBe(true);
  });
});

/** A zombie that nobody has collected yet is as good as gone. */
function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
