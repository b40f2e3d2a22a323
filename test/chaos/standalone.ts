/**
 * Disturbs a standalone that moderates a busy chat, and says what was lost or doubled, and for how long nothing went on.
 *   make chaos-standalone ARGS='--only <words of a name> --messages 20000 --kills 10 --gone-seconds 600 --seed 1
 *     --break drop|double'
 * --break spoils one effect in every scenario, to show that the harness finds it. Exits with 1 on any fault. Bounded: it
 * ends by itself.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readOptions } from '../../tools/options/read-options.ts';
import { findFaults, isClean, isDone, placeOf, type Findings } from './obligations.ts';
import { SCENARIOS, type Options, type Scenario } from './scenarios.ts';
import { BOT_ID } from '../town/people.ts';
import { buildTown, type Town } from '../town/town.ts';

const { values } = readOptions(import.meta.filename, {
  only: { type: 'string', default: '' },
  messages: { type: 'string', default: '20000' },
  kills: { type: 'string', default: '10' },
  'gone-seconds': { type: 'string', default: '600' },
  seed: { type: 'string', default: '1' },
  break: { type: 'string', default: '' },
});
const options: Options = {
  messages: Number(values.messages),
  kills: Number(values.kills),
  goneSeconds: Number(values['gone-seconds']),
  random: mulberry32(Number(values.seed)),
  progress: (line) => console.log(`  ${line}`),
};
/** After a disturbance back-offs of a minute may still run. */
const REST_MAX_MS = values.break === '' ? 240_000 : 30_000;

const results: { scenario: string; messages: number; secondsWithoutService: string; findings: Findings }[] = [];
for (const scenario of SCENARIOS.filter(({ name }) => name.includes(values.only))) {
  if (scenario.smallDiskMib !== undefined && process.getuid?.() !== 0) {
    console.log(`${scenario.name}: skipped, since only root can make a small file system`);
    continue;
  }
  results.push(await run(scenario));
}
console.table(
  Object.fromEntries(results.map(({ scenario, findings, ...rest }) => [scenario, { ...rest, ...findings }])),
);
const faulty = results.filter(({ findings }) => !isClean(findings)).map(({ scenario }) => scenario);
console.log(faulty.length === 0 ? 'nothing was lost, nothing was done twice' : `FAULTS in: ${faulty.join('; ')}`);
process.exit(faulty.length === 0 && results.length > 0 ? 0 : 1);

async function run(scenario: Scenario) {
  console.log(scenario.name);
  const { dir, remove } = dataFolder(scenario.smallDiskMib);
  const town = await buildTown({ dataDir: dir, journalAll: true });
  try {
    town.start();
    await town.talk(10);
    while (town.waiting() > 0) await town.untilServed();
    await turnNoticesOn(town);
    spoil(town, values.break);
    town.forgetSilence();
    await scenario.disturb(town, options, dir);
    const findings = await settled(town);
    const secondsWithoutService = (town.longestSilenceMs() / 1000).toFixed(1);
    console.log(`  ${town.said.length} messages, ${secondsWithoutService} s at most without service`);
    return { scenario: scenario.name, messages: town.said.length, secondsWithoutService, findings };
  } finally {
    await town.close();
    remove();
  }
}

function dataFolder(smallDiskMib: number | undefined): { dir: string; remove: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'chatwarden-chaos-'));
  const isSmall = smallDiskMib !== undefined;
  if (isSmall) execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${smallDiskMib}m`, 'tmpfs', dir]);
  // PostgreSQL may run under an account of its own.
  chmodSync(dir, 0o711);
  const remove = () => {
    if (isSmall) execFileSync('umount', [dir]);
    rmSync(dir, { recursive: true, force: true });
  };
  return { dir, remove };
}

/** They are off by default; what was said before them owes none and is forgotten. */
async function turnNoticesOn(town: Town): Promise<void> {
  const store = await town.openStore();
  const [group] = await store.groups.listGroups();
  await store.settings.changePolicy(group?.groupId ?? '', (policy) => ({ ...policy, notices: true }));
  await store.close();
  // Settings that somebody else changed are followed within a second.
  await sleep(3000);
  town.said.splice(0);
}

/** A deletion that Telegram only claims to have nothing to do for; or a notice that somebody sends once more. */
function spoil({ fake, chat }: Town, how: string): void {
  if (how === 'drop') {
    const gone = { kind: 'error', code: 400, description: 'Bad Request: message to delete not found' } as const;
    fake.faults.add({ fault: gone, methods: ['deleteMessage'], times: 1 });
  }
  if (how === 'double') fake.human.talk({ chat, from: BOT_ID, message: { text: 'A message was removed as spam.' } });
  if (how !== '' && how !== 'drop' && how !== 'double') throw new Error('--break is drop or double');
}

async function settled(town: Town): Promise<Findings> {
  const judged = new Set(town.said.map(placeOf));
  const observed = () => ({ said: town.said, effects: town.fake.record.effects, botId: BOT_ID });
  const deadline = performance.now() + REST_MAX_MS;
  let unknown = 0;
  while (performance.now() < deadline) {
    await sleep(1000);
    if (town.waiting() > 0) continue;
    unknown = await unknownNotices(town);
    if (isDone(findFaults({ ...observed(), judged, notices: { unknown } }))) break;
  }
  // What is done twice is done soon after the first time.
  await sleep(2000);
  return findFaults({
    ...observed(),
    judged: new Set([...(await town.readVerdicts())].map((messageId) => placeOf({ chatId: town.chat, messageId }))),
    notices: { unknown },
  });
}

async function unknownNotices(town: Town): Promise<number> {
  const store = await town.openStore();
  const [row] = await store.sql.query<{ rows: number }>(
    'chaos_notices',
    `select count(*) as rows from action where action->>'kind' = 'notice' and outcome->>'code' = 'unknownOutcome'`,
    [],
  );
  await store.close();
  return row?.rows ?? 0;
}

/** A small seeded generator: the same seed kills at the same places. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
