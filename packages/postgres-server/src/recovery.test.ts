import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aFolder } from '../test/a-folder.ts';
import { anOwner } from '../test/an-owner.ts';
import { aMadeFolder } from '../test/a-made-folder.ts';
import { aServer } from '../test/a-server.ts';
import { connect, query } from '../test/query.ts';
import { chooseAccount } from './account.ts';
import { locateBinaries } from './binaries.ts';
import { letThrough } from './closed-folders.ts';
import { freePort } from './free-port.ts';
import { runAs } from './run-command.ts';
import { startPostgres } from './start-postgres.ts';

type Started = { url: string; pid: number };

describe('recovery', { timeout: 60_000 }, () => {
  it('stops the server of an owner that was killed, and finds every committed row', async () => {
    const dataDir = await aMadeFolder();
    const owner = anOwner(dataDir);
    const orphan = await owner.next<Started>('url');
    await query(orphan.url, 'create table kept as select 7 as n');
    await owner.kill();

    const log: string[] = [];
    const { url, pid } = await aServer({ dataDir, log: (line) => log.push(line) });
    expect(log).toContain(`stopping the PostgreSQL server ${orphan.pid} whose owner is gone`);
    expect(pid).not.toBe(orphan.pid);
    expect(await query(url, 'select n from kept')).toEqual([{ n: 7 }]);
  });

  it('starts after both the owner and its server were killed', async () => {
    const dataDir = await aMadeFolder();
    const owner = anOwner(dataDir);
    const { url, pid } = await owner.next<Started>('url');
    await query(url, 'create table kept as select 7 as n');
    await owner.kill();
    process.kill(pid, 'SIGKILL');

    const next = await aServer({ dataDir });
    expect(await query(next.url, 'select n from kept')).toEqual([{ n: 7 }]);
  });

  it('starts afresh after it was killed while the data were made', async () => {
    const dataDir = aFolder();
    const owner = anOwner(dataDir);
    let said = '';
    while (!said.startsWith('The files belonging to')) said = (await owner.next<{ log: string }>('log')).log;
    await owner.kill();
    expect(readdirSync(dataDir).filter((name) => name.startsWith('cluster'))).toEqual([
      expect.stringMatching(/^cluster\.unfinished-/),
    ]);

    const { url } = await aServer({ dataDir });
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('refuses while the owner lives in another process, and leaves its server alone', async () => {
    const dataDir = await aMadeFolder();
    const owner = anOwner(dataDir);
    const { url } = await owner.next<Started>('url');
    await expect(startPostgres({ dataDir })).rejects.toThrow(`in use by process ${owner.process.pid} `);
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    process.kill(-Number(owner.process.pid), 'SIGINT');
    await once(owner.process, 'exit');
  });

  it('keeps the server from a Ctrl-C in the terminal until its owner has drained', async () => {
    const owner = anOwner(await aMadeFolder());
    await owner.next('url');
    process.kill(-Number(owner.process.pid), 'SIGINT');
    expect(await owner.next('drained')).toEqual({ drained: { one: 1 } });
  });

  it('lets no server outlive an owner that exits without stopping it', async () => {
    const dataDir = await aMadeFolder();
    const owner = anOwner(dataDir);
    const { url } = await owner.next<Started>('url');
    const { ended } = await connect(url);
    owner.process.stdin?.write('exit\n');
    await ended;

    const next = await aServer({ dataDir });
    expect(await query(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it("refuses a folder on which somebody else's server runs, naming that server", async () => {
    const dataDir = await aMadeFolder();
    const stranger = await aStranger(join(dataDir, 'cluster'));
    const start = startPostgres({ dataDir });
    await expect(start).rejects.toMatchObject({ code: 'folder-held' });
    await expect(start).rejects.toThrow(`The PostgreSQL server ${stranger}, which this program did not start`);
  });
});

/** A server on the folder that does not bear our mark. Returns its process id once it is ready. */
async function aStranger(clusterDir: string): Promise<number> {
  const { postgres } = await locateBinaries();
  const chosen = await chooseAccount({ clusterDir, uid: process.getuid?.() ?? -1 });
  const account = await letThrough({ account: chosen, paths: [postgres], log: () => undefined });
  const settings = ['-c', 'unix_socket_directories=', '-c', `port=${await freePort()}`];
  const { file, args, options } = runAs(account, postgres, ['-D', clusterDir, ...settings]);
  const child = spawn(file, args, options);
  onTestFinished(async () => {
    child.kill('SIGINT');
    await once(child, 'exit');
  });
  for await (const line of createInterface({ input: child.stderr })) {
    if (line.includes('ready to accept connections')) break;
  }
  child.stderr.resume();
  return Number(child.pid);
}
