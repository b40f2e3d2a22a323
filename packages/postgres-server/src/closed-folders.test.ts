import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFolder } from '../test/a-folder.ts';
import { anOwner } from '../test/an-owner.ts';
import { aServer } from '../test/a-server.ts';
import { query } from '../test/query.ts';
import { chooseAccount } from './account.ts';
import { locateBinaries, majorVersion } from './binaries.ts';
import { letThrough } from './closed-folders.ts';
import { createCluster } from './create-cluster.ts';
import { launchUntilReady } from './launch-until-ready.ts';
import { runCommand, type RunCommand } from './run-command.ts';
import { startPostgres } from './start-postgres.ts';

const ourselves = process.getuid?.() ?? -1;
/** Only root meets folders that are closed to the server's account: anyone else runs the server himself. */
const GRANTS_EXPECTED = ourselves === 0 ? 1 : 0;
/** Root in a container may lack the capability (Docker's default); what is to be seen there is the refusal. */
const denied = ourselves === 0 && !(await canGrant());

async function canGrant(): Promise<boolean> {
  const account = { name: 'anyone', uid: 4321, gid: 4321, passesClosedFolders: true };
  const { code } = await runCommand('true', [], { account }).catch(() => ({ code: 127 }));
  return code === 0;
}

function aClosedFolder(): string {
  const closed = join(aFolder(), 'closed');
  mkdirSync(closed, { mode: 0o700 });
  return closed;
}

function grantsIn(log: string[]): number {
  return log.filter((line) => line.includes('CAP_DAC_READ_SEARCH')).length;
}

describe('letThrough', () => {
  const account = { name: 'warden', uid: 101, gid: 104 };

  /** A system on which the account can't enter `closed`, and where the capability opens it or does not. */
  async function decide({ closed, capable }: { closed: string; capable: RunCommand }) {
    const run: RunCommand = async (program, args, options) => {
      if (options?.account?.passesClosedFolders) return capable(program, args, options);
      return { code: args.some((arg) => arg.startsWith(closed)) ? 1 : 0, lines: [] };
    };
    const log: string[] = [];
    const paths = ['/usr', join(aFolder(), 'data'), join(closed, 'data')];
    return { decided: await letThrough({ account, paths, log: (line) => log.push(line), run }), log };
  }

  it('grants nothing to our own user', async () => {
    expect(await letThrough({ account: undefined, paths: [aClosedFolder()], log: () => undefined })).toBeUndefined();
  });

  it('grants nothing while the account can reach everything', async () => {
    const { decided, log } = await decide({
      closed: '/no/such/folder',
      capable: () => Promise.reject(new Error('asked without need')),
    });
    expect([decided, log]).toEqual([account, []]);
  });

  it('lets the account through a folder that is closed to it, and says why once', async () => {
    const closed = aClosedFolder();
    const { decided, log } = await decide({ closed, capable: async () => ({ code: 0, lines: [] }) });
    expect(decided).toEqual({ ...account, passesClosedFolders: true });
    expect(log).toEqual([
      `PostgreSQL runs as user "warden" with CAP_DAC_READ_SEARCH, because the folder ${closed} lets no stranger through`,
    ]);
  });

  it.each<[string, RunCommand]>([
    ['setpriv is missing', () => Promise.reject(new Error('spawn setpriv ENOENT'))],
    ['the capability is not to be had', async () => ({ code: 127, lines: ['setpriv: apply capabilities: ...'] })],
  ])('leaves it to the later checks to refuse when %s', async (_, capable) => {
    const { decided, log } = await decide({ closed: aClosedFolder(), capable });
    expect([decided, log]).toEqual([account, []]);
  });
});

describe('below a folder that only we can enter', { timeout: 60_000 }, () => (denied ? refused() : usable()));

function usable() {
  it('the data are made, kept over a restart, and recovered from a killed owner', async () => {
    const closed = aClosedFolder();
    const dataDir = join(closed, 'made', 'data');
    const first = await aServer({ dataDir });
    await query(first.url, 'create table kept as select 7 as n');
    await first.stop();
    expect(await first.exited).toEqual({ code: 0, signal: null });

    const owner = anOwner(dataDir);
    const orphan = await owner.next<{ pid: number }>('url');
    await owner.kill();

    const log: string[] = [];
    const { url } = await aServer({ dataDir, log: (line) => log.push(line) });
    expect(await query(url, 'select n from kept')).toEqual([{ n: 7 }]);
    expect(log).toContain(`stopping the PostgreSQL server ${orphan.pid} whose owner is gone`);
    expect(grantsIn(log)).toBe(GRANTS_EXPECTED);
    expect(statSync(join(dataDir, 'cluster')).uid).not.toBe(0);
    expect(statSync(closed).mode & 0o777).toBe(0o700);
  });

  it('the programs make data and serve them', async () => {
    const [closed, dataDir] = [aClosedFolder(), aFolder()];
    const clusterDir = join(dataDir, 'cluster');
    const binaries = await copyBinaries(closed);
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    const chosen = await chooseAccount({ clusterDir, uid: ourselves });
    const account = await letThrough({ account: chosen, paths: [binaries.postgres], log });
    expect(grantsIn(lines)).toBe(GRANTS_EXPECTED);
    expect(await majorVersion(binaries.postgres, account)).toBe('18');

    await createCluster({ clusterDir, passwordFile: join(dataDir, 'password'), binaries, account, log });
    const plan = { program: binaries.postgres, clusterDir, account, log, port: 0, settings: {} };
    const { server } = await launchUntilReady(plan);
    await server.stop();
    expect(await server.exited).toEqual({ code: 0, signal: null });
  });
}

function refused() {
  it('the data are refused, with the command that mends it', async () => {
    const closed = aClosedFolder();
    const start = startPostgres({ dataDir: join(closed, 'data') });
    await expect(start).rejects.toMatchObject({ code: 'folder-not-usable' });
    await expect(start).rejects.toThrow(`Run "chmod o+x ${closed}"`);
  });
}

async function copyBinaries(folder: string) {
  const { postgres } = await locateBinaries();
  execFileSync('cp', ['-R', join(dirname(postgres), '..'), join(folder, 'native')]);
  const bin = join(folder, 'native', 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}
