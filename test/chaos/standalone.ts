/**
 * Standalone killed with SIGKILL at random moments while a chat is busy; the simulated Telegram lives on in this process
 * and keeps the record.
 *   npm exec -- node test/chaos/standalone.ts [--messages 20000] [--kills 10] [--seed 1] [--break]
 * Prints what was owed and not done, or done twice, and the seconds without service. --break hides one deletion from the
 * record, to show that the harness finds it. Exits with 1 on any fault. Bounded: it ends by itself.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createFakeTelegram } from '@chatwarden/fake-telegram';
import { findFaults, isClean, type Said } from './obligations.ts';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '20000' },
    kills: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    break: { type: 'boolean', default: false },
  },
});
const messages = Number(values.messages);
const kills = Number(values.kills);
const random = mulberry32(Number(values.seed));
const TOKEN = '4711:chaos-token-of-the-fake';
const BOT_ID = 4711;
const root = join(import.meta.dirname, '../..');
const dataDir = mkdtempSync(join(tmpdir(), 'chatwarden-chaos-'));
chmodSync(dataDir, 0o711);

const fake = createFakeTelegram({
  limits: 'none',
  bots: [{ token: TOKEN, username: 'chaos_bot' }],
  recordMax: 2_000_000,
});
const { apiRoot } = await fake.listen({ port: 0 });
const { human, record } = fake;
const owner = human.addUser({ first_name: 'Olga' }).id;
const chat = human.addChat({ type: 'supergroup', title: 'Chaos', owner }) as number;
human.promote({ chat, user: BOT_ID, by: owner, rights: { can_delete_messages: true, can_restrict_members: true } });

const API_PORT = 34_011;
const env = {
  ...process.env,
  TELEGRAM_BOT_TOKEN: TOKEN,
  TELEGRAM_API_ROOT: apiRoot,
  DEFAULT_MODE: 'enforce',
  DATA_DIR: dataDir,
  PORT: String(API_PORT),
  HEALTH_PORT: '0',
  JOURNAL_SAMPLE: 'all',
  LOG_LEVEL: 'error',
};

function start(): ChildProcess {
  const bin = join(root, 'services/standalone/bin/chatwarden.mjs');
  return spawn(process.execPath, [bin, 'run'], { env, stdio: ['ignore', 'inherit', 'inherit'] });
}

const said: Said[] = [];
const members = Array.from({ length: 300 }, (_, n) => human.addUser({ first_name: `Member ${n}` }).id);
for (const user of members) human.join({ chat, user });

function say(n: number): void {
  const spam = n % 10 === 9;
  const senderId = spam ? human.addUser({ first_name: `Spammer ${n}` }).id : (members[n % members.length] as number);
  if (spam) human.join({ chat, user: senderId });
  const text = spam
    ? `FREE CASINO BONUS ${n}$ for every new player, no deposit, write me now t.me/lucky_bonus_bot`
    : `watered the tomatoes on balcony ${n} this morning, they look much better than last week`;
  said.push({ messageId: human.talk({ chat, from: senderId, message: { text } }).message_id, senderId, spam });
}

let first = 0;
function unconfirmed(): number {
  const { deliveries } = record;
  while (first < deliveries.length && deliveries[first]?.confirmedAtMs !== undefined) first += 1;
  return deliveries.length - first;
}

let child = start();
let killed = 0;
let secondsAway = 0;
const killEvery = Math.floor(messages / (kills + 1));
let nextKill = Math.floor(killEvery * (0.5 + random()));
for (let n = 0; n < messages; n += 1) {
  say(n);
  if (n % 50 === 0) while (unconfirmed() > 1500) await sleep(5);
  if (killed >= kills || n < nextKill) continue;
  await sleep(random() * 150);
  child.kill('SIGKILL');
  await once(child, 'exit');
  killed += 1;
  nextKill += Math.floor(killEvery * (0.5 + random()));
  const confirmed = record.deliveries.length - unconfirmed();
  const awaySince = performance.now();
  child = start();
  while (record.deliveries.length - unconfirmed() === confirmed) await sleep(20);
  const away = (performance.now() - awaySince) / 1000;
  secondsAway += away;
  console.log(`kill ${killed} of ${kills} after ${n + 1} messages: ${away.toFixed(1)} s without service`);
}

const verdicts = new Set<number>();
const deadline = performance.now() + 180_000;
while (performance.now() < deadline) {
  await sleep(500);
  if (unconfirmed() > 0) continue;
  if (isClean(findFaults({ said, ...record, judged: new Set(said.map((one) => one.messageId)) }))) break;
}
await readVerdicts();
const effects = values.break ? withoutOneDeletion() : record.effects;
const findings = findFaults({ said, effects, apiCalls: record.apiCalls, judged: verdicts });
child.kill('SIGTERM');
await once(child, 'exit');
await fake.close();
console.log(`${messages} messages, ${killed} kills, ${secondsAway.toFixed(1)} s without service in all`);
console.log(findings);
process.exit(isClean(findings) ? 0 : 1);

async function readVerdicts(): Promise<void> {
  const get = async (path: string) => (await fetch(`http://localhost:${API_PORT}/api/v1/${path}`)).json();
  const { groups } = (await get('groups')) as { groups: { groupId: string }[] };
  let cursor = '';
  do {
    const path = `groups/${groups[0]?.groupId}/verdicts?limit=200${cursor && `&cursor=${cursor}`}`;
    const page = (await get(path)) as { verdicts: { messageId?: number }[]; cursor?: string };
    for (const { messageId } of page.verdicts) if (messageId !== undefined) verdicts.add(messageId);
    cursor = page.cursor ?? '';
  } while (cursor);
}

function withoutOneDeletion() {
  const at = record.effects.findIndex(({ kind }) => kind === 'messageDeleted');
  return record.effects.filter((_, index) => index !== at);
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
