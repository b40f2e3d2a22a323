// Some refusals of PostgreSQL pass by themselves: a server that was killed a moment ago stays a zombie until the system's
// first process reaps it, its children hold shared memory until they notice, and a free port can be taken by another
// process before the server has it. Those are tried again, a bounded number of times; all others are final.
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { PostgresServerError } from './postgres-server-error.ts';
import type { Account } from './run-command.ts';
import { launchServer, type ServerProcess } from './server-process.ts';
import { serverArguments } from './server-settings.ts';

const RETRY_MS = 250;
/** 10 s. */
const HELD_TRIES_MAX = 40;
const FREE_PORT_TRIES_MAX = 5;

export interface LaunchPlan {
  /** Path of `postgres`. */
  program: string;
  clusterDir: string;
  account: Account | undefined;
  log: (line: string) => void;
  /** 0: a free one. */
  port: number;
  settings: Record<string, string>;
  heldTriesMax?: number;
}

/** Starts the server, trying again where that helps. */
export async function launchUntilReady(plan: LaunchPlan): Promise<{ port: number; server: ServerProcess }> {
  for (let tries = 1; ; tries += 1) {
    const port = plan.port || (await freePort());
    const args = serverArguments({ clusterDir: plan.clusterDir, port, settings: plan.settings });
    const launch = await launchServer({ program: plan.program, args, account: plan.account, log: plan.log });
    if (launch.kind === 'ready') return { port, server: launch.server };
    const refusal = refusalOf(launch.lines, { clusterDir: plan.clusterDir, port });
    if (tries >= triesMax(refusal, plan)) throw refusal;
    await delay(RETRY_MS);
  }
}

function triesMax(refusal: PostgresServerError, { port, heldTriesMax = HELD_TRIES_MAX }: LaunchPlan): number {
  if (refusal.code === 'folder-held') return heldTriesMax;
  return refusal.code === 'port-busy' && port === 0 ? FREE_PORT_TRIES_MAX : 1;
}

/** Turns the last lines of a server that did not start into the error that says what to do. */
function refusalOf(lines: string[], where: { clusterDir: string; port: number }): PostgresServerError {
  const said = lines.join('\n');
  if (/could not bind IPv4 address|could not create any TCP\/IP sockets/.test(said)) {
    return new PostgresServerError('port-busy', `Port ${where.port} on 127.0.0.1 is taken: choose another.\n${said}`);
  }
  if (/lock file "postmaster.pid" already exists|pre-existing shared memory block/.test(said)) {
    return new PostgresServerError(
      'folder-held',
      `PostgreSQL takes ${where.clusterDir} for held by the process that postmaster.pid in it names. If that process ` +
        `is no PostgreSQL (after a restart of the machine its id can belong to another), delete that file.\n${said}`,
    );
  }
  return new PostgresServerError('start-failed', `PostgreSQL did not start on ${where.clusterDir}; it said:\n${said}`);
}
