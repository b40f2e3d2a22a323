import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres, type RunningPostgres } from '@chatwarden/postgres-server';
import type { PostgresOptions, PostgresServer } from '../server.ts';
import { forward } from './forward.ts';
import { guard } from './guard.ts';
import { makeServerFolder } from './server-folder.ts';

/** Tests lose nothing that matters in a crash of the machine, and so wait for no disk. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
const LINES_KEPT = 10_000;
const LINES_SHOWN = 30;

/** The server that standalone embeds, running. */
export async function startLocalPostgres({ forLoad = false, host }: PostgresOptions = {}): Promise<PostgresServer> {
  const folder = makeServerFolder('postgres');
  const lines: string[] = [];
  const log = (line: string) => {
    lines.push(line);
    if (lines.length > LINES_KEPT) lines.shift();
  };
  const launch = async (port: number) => {
    const server = await startPostgres({ dataDir: join(folder, 'data'), settings: forLoad ? {} : FAST, port, log });
    const dismiss = guard({ pid: server.pid, folder });
    void server.exited.then(dismiss);
    return server;
  };
  const first = await launch(0);
  let running: RunningPostgres | undefined = first;
  const door = host === undefined ? undefined : await forward(host, first.port);
  const stop = async () => {
    await running?.stop();
    running = undefined;
  };
  const kill = async () => {
    if (running === undefined) return;
    process.kill(running.pid, 'SIGKILL');
    await running.exited;
    running = undefined;
  };
  return {
    url: host === undefined ? first.url : first.url.replace('@127.0.0.1:', `@${host}:`),
    pid: () => running?.pid,
    stop,
    kill,
    start: async () => {
      await stop();
      running = await launch(first.port);
    },
    remove: async () => {
      door?.close();
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
    logTail: async (count = LINES_SHOWN) => lines.slice(-count).join('\n'),
  };
}
