/**
 * What standalone bears: messages through to deletion, in a process of its own, with PostgreSQL and the simulated
 * Telegram on the same cores.
 *   make load-standalone ARGS='--messages 20000 --spam 0.1 --chats 1 --receive poll,webhook --rounds 1 --steady 200
 *     --steady-seconds 30 --against <git ref> --minutes 0 --profile <folder>'
 * Prints for each way of receiving: messages a second and CPU seconds per million messages at full speed, delivery to
 * deletion at the steady rate. --against runs another version of the project beside this one, in turns. --minutes runs the
 * steady rate for that long instead and prints memory every minute. --profile leaves CPU profiles in a folder. Bounded: ends
 * by itself.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readOptions } from '../../tools/options/read-options.ts';
import { buildTown, type Town } from '../town/town.ts';
import { cpuSecondsOf, residentMbOf } from './process-use.ts';

const { values } = readOptions(import.meta.filename, {
  messages: { type: 'string', default: '20000' },
  spam: { type: 'string', default: '0.1' },
  chats: { type: 'string', default: '1' },
  receive: { type: 'string', default: 'poll,webhook' },
  rounds: { type: 'string', default: '1' },
  steady: { type: 'string', default: '200' },
  'steady-seconds': { type: 'string', default: '30' },
  against: { type: 'string', default: '' },
  minutes: { type: 'string', default: '0' },
  profile: { type: 'string', default: '' },
});
const ROOT = join(import.meta.dirname, '../..');
const nodeArgs = values.profile === '' ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`];
const WARM_UP = 500;
const ways = values.receive.split(',') as ('poll' | 'webhook')[];
const versions = [
  ...(values.against === '' ? [] : [{ name: values.against, checkout: checkoutOf(values.against) }]),
  { name: 'this', checkout: ROOT },
];

let missing = 0;
if (Number(values.minutes) > 0) await watchMemory();
else await compare();
process.exit(missing === 0 ? 0 : 1);

async function compare(): Promise<void> {
  const rows: Record<string, string | number>[] = [];
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    for (const receive of ways) {
      for (const { name, checkout } of versions) {
        const row = await inTown({ checkout, receive }, measure);
        rows.push({ version: name, receive, round, ...row });
        console.log(`${name}, ${receive}: ${row.perSecond} a second`);
      }
    }
  }
  console.table(rows);
}

async function measure(town: Town) {
  const use = usage(town);
  const began = performance.now();
  const from = town.said.length;
  await town.talk(Number(values.messages));
  await settled(town);
  const seconds = (performance.now() - began) / 1000;
  const { standalone, postgres } = use(Number(values.messages));
  const perSecond = Math.round(Number(values.messages) / seconds);
  const busy = latencies(town, from);
  const steadyFrom = town.said.length;
  await town.talk(Number(values.steady) * Number(values['steady-seconds']), Number(values.steady));
  await settled(town);
  const steady = latencies(town, steadyFrom);
  const memoryMb = Math.round(residentMbOf(town.pid() ?? 0));
  return {
    perSecond,
    cpuPerMillion: standalone,
    cpuPostgres: postgres,
    busyP99Ms: busy.p99,
    steadyP50Ms: steady.p50,
    steadyP99Ms: steady.p99,
    memoryMb,
    missing: busy.missing + steady.missing,
  };
}

async function watchMemory(): Promise<void> {
  for (const { name, checkout } of versions) {
    await inTown({ checkout, receive: ways[0] ?? 'poll' }, async (town) => {
      for (let minute = 1; minute <= Number(values.minutes); minute += 1) {
        const from = town.said.length;
        await town.talk(Number(values.steady) * 60, Number(values.steady));
        const { p50, p99 } = latencies(town, from);
        const memory = Math.round(residentMbOf(town.pid() ?? 0));
        console.log(`${name}, minute ${minute}: ${memory} MB, delivery to deletion p50 ${p50} ms, p99 ${p99} ms`);
      }
      await settled(town);
    });
  }
}

async function inTown<T>(
  { checkout, receive }: { checkout: string; receive: 'poll' | 'webhook' },
  run: (town: Town) => Promise<T>,
): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'chatwarden-load-'));
  chmodSync(dataDir, 0o711);
  const town = await buildTown({
    dataDir,
    checkout,
    receive,
    spam: Number(values.spam),
    chats: Number(values.chats),
    nodeArgs,
  });
  try {
    town.start();
    await town.talk(WARM_UP);
    await settled(town);
    return await run(town);
  } finally {
    await town.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Every update is confirmed and every spam deleted. */
async function settled(town: Town): Promise<void> {
  const deadline = performance.now() + 120_000;
  while (town.waiting() > 0 || latencies(town, 0).missing > 0) {
    if (performance.now() > deadline) break;
    await sleep(10);
  }
}

function latencies({ said, fake: { record } }: Town, from: number) {
  const nameOf = (one: { chatId: number; messageId?: number }) => `${one.chatId} ${one.messageId}`;
  const spam = new Set(said.slice(from).flatMap((one) => (one.spam ? [nameOf(one)] : [])));
  const deliveredAt = new Map(record.deliveries.map((one) => [nameOf(one), one.deliveredAtMs ?? 0]));
  const waited = record.effects
    .filter((effect) => effect.kind === 'messageDeleted' && spam.delete(nameOf(effect)))
    .map((effect) => effect.atMs - (deliveredAt.get(nameOf(effect)) ?? 0))
    .toSorted((a, b) => a - b);
  const percentile = (of: number) => Math.round(waited[Math.floor(of * (waited.length - 1))] ?? 0);
  missing = spam.size;
  return { p50: percentile(0.5), p99: percentile(0.99), missing: spam.size };
}

/** CPU seconds per million messages since the call. */
function usage(town: Town) {
  const postgresPid = town.postgresPid();
  const pid = town.pid() ?? 0;
  const now = () => [cpuSecondsOf(pid, { withChildren: false }), cpuSecondsOf(postgresPid, { withChildren: true })];
  const [standalone = 0, postgres = 0] = now();
  return (messages: number) => {
    const [later = 0, laterPostgres = 0] = now();
    const perMillion = (seconds: number) => Math.round((seconds / messages) * 1e6);
    return { standalone: perMillion(later - standalone), postgres: perMillion(laterPostgres - postgres) };
  };
}

/** A checkout of the ref with its packages, kept under the cache folder by commit. */
function checkoutOf(ref: string): string {
  const git = (...args: string[]) => execFileSync('git', ['-C', ROOT, ...args], { encoding: 'utf8' }).trim();
  const commit = git('rev-parse', '--short', `${ref}^{commit}`);
  const folder = join(ROOT, '.cache', 'load', commit);
  if (existsSync(join(folder, 'node_modules'))) return folder;
  console.log(`making a checkout of ${ref} (${commit}), once`);
  rmSync(folder, { recursive: true, force: true });
  git('worktree', 'prune');
  git('worktree', 'add', '--detach', folder, commit);
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, stdio: 'ignore' });
  return folder;
}
