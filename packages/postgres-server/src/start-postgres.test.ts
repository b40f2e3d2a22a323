import { once } from 'node:events';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aFolder } from '../test/a-folder.ts';
import { aMadeFolder } from '../test/a-made-folder.ts';
import { aServer } from '../test/a-server.ts';
import { query } from '../test/query.ts';
import { startPostgres } from './start-postgres.ts';

describe('startPostgres', { timeout: 60_000 }, () => {
  it('makes the data on the first start and keeps them over a restart', async () => {
    const dataDir = join(aFolder(), 'made', 'on', 'the-way');
    const first = await aServer({ dataDir });
    expect(await query(first.url, 'select current_database() as name, lower($$ÄЯ$$) as folded')).toEqual([
      { name: 'chatwarden', folded: 'äя' },
    ]);
    await query(first.url, 'create table kept as select 7 as n');
    await first.stop();
    expect(await first.exited).toEqual({ code: 0, signal: null });

    const second = await aServer({ dataDir });
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
    expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'cluster')).uid).not.toBe(0);
  });

  it('promises durability, and lets a caller tune the rest but not where it listens', async () => {
    const settings = { work_mem: '8MB', listen_addresses: '*' };
    const { url, stop } = await aServer({ dataDir: await aMadeFolder(), settings });
    const names = ['fsync', 'synchronous_commit', 'work_mem', 'listen_addresses', 'unix_socket_directories'];
    const values = names.map((name) => `current_setting('${name}') as ${name}`);
    expect(await query(url, `select ${values.join(', ')}`)).toEqual([
      {
        fsync: 'on',
        synchronous_commit: 'on',
        work_mem: '8MB',
        listen_addresses: '127.0.0.1',
        unix_socket_directories: '',
      },
    ]);
    await Promise.all([stop(), stop()]);
    await stop();
  });

  it('lets nobody in without the password', async () => {
    const { url } = await aServer({ dataDir: await aMadeFolder() });
    const guess = url.replace(/:\w+@/, ':guess@');
    await expect(query(guess, 'select 1')).rejects.toThrow('password authentication failed');
  });

  it('refuses a second start on the same folder, naming the process that has it', async () => {
    const dataDir = await aMadeFolder();
    const { url } = await aServer({ dataDir });
    const second = startPostgres({ dataDir });
    await expect(second).rejects.toMatchObject({ code: 'folder-held' });
    await expect(second).rejects.toThrow(`in use by process ${process.pid} (${dataDir}/owner.`);
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('tells its owner when the server is killed, and starts again at once', async () => {
    const dataDir = await aMadeFolder();
    const first = await aServer({ dataDir });
    await query(first.url, 'create table kept as select 7 as n');
    process.kill(first.pid, 'SIGKILL');
    expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });
    await first.stop();

    const second = await aServer({ dataDir });
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
  });

  it('names a port that is taken, and gives the folder free again', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void taken.close());
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const dataDir = await aMadeFolder();
    const busy = startPostgres({ dataDir, port });
    await expect(busy).rejects.toMatchObject({ code: 'port-busy' });
    await expect(busy).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);

    const { url } = await aServer({ dataDir });
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('shows what the server said when a setting is wrong', async () => {
    const start = startPostgres({ dataDir: await aMadeFolder(), settings: { work_mem: 'much' } });
    await expect(start).rejects.toMatchObject({ code: 'start-failed' });
    await expect(start).rejects.toThrow('invalid value for parameter "work_mem": "much"');
  });

  it('names both versions when another major version made the data', async () => {
    const cluster = aCluster();
    writeFileSync(join(cluster, 'PG_VERSION'), '14\n');
    const start = startPostgres({ dataDir: join(cluster, '..') });
    await expect(start).rejects.toMatchObject({ code: 'wrong-version' });
    await expect(start).rejects.toThrow(/was made by PostgreSQL 14, and this is PostgreSQL 18/);
  });

  it('refuses a folder that is no PostgreSQL data', async () => {
    const start = startPostgres({ dataDir: join(aCluster(), '..') });
    await expect(start).rejects.toThrow('holds no PostgreSQL data');
  });

  it('refuses data whose password is lost', async () => {
    const dataDir = await aMadeFolder();
    rmSync(join(dataDir, 'password'));
    await expect(startPostgres({ dataDir })).rejects.toThrow(`${join(dataDir, 'password')} is missing`);
  });
});

function aCluster(): string {
  const cluster = join(aFolder(), 'cluster');
  mkdirSync(cluster);
  return cluster;
}
