/**
 * How much standalone bears: messages through to deletion, in one process with the simulated Telegram, on 2 cores.
 *   npm exec -- node test/load/standalone.ts [messages] [share of spam]
 * Prints messages a second, delivery to deletion, CPU seconds per million messages and memory. Bounded: ends by itself.
 */
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLifecycle, readConfig, silentLogger, systemClock } from '@chatwarden/daemon';
import type { FakeTelegram } from '@chatwarden/fake-telegram';
import { DEMO_BOT, StandaloneConfig, startStandalone } from '@chatwarden/standalone';

const [messages = 20_000, share = 0.1] = process.argv.slice(2).map(Number);
const SENDERS = 2000;
const BACKLOG_MAX = 1000;

const dir = mkdtempSync(join(tmpdir(), 'chatwarden-load-'));
chmodSync(dir, 0o711);
const ports = { PORT: '0', HEALTH_PORT: '0', FAKE_TELEGRAM_PORT: '0' };
const config = readConfig(StandaloneConfig, { DATA_DIR: dir, CORPUS: 'none', ...ports });
const log = silentLogger();
const clock = systemClock();
const lifecycle = createLifecycle({ log, deadlineMs: 20_000 });
const service = { name: 'standalone', version: '0.0.0', environment: 'load', node: { name: 'load' } };
const app = await startStandalone({ config, clock, log, lifecycle, service, print: () => undefined });
const { human, record } = app.fake as FakeTelegram;

const owner = human.addUser({ first_name: 'Olga' }).id;
const chat = human.addChat({ type: 'supergroup', title: 'Load', owner }) as number;
const senders = Array.from({ length: SENDERS }, (_, n) => human.addUser({ first_name: `Sender ${n}` }).id);
for (const user of senders) human.join({ chat, user });
human.promote({
  chat,
  user: DEMO_BOT.id,
  by: owner,
  rights: { can_delete_messages: true, can_restrict_members: true },
});

const unconfirmed = () => record.deliveries.filter((one) => one.confirmedAtMs === undefined).length;
const settled = async () => {
  const { planned, sending } = await app.store.ledger.countByState();
  return unconfirmed() === 0 && planned + sending === 0;
};
while (!(await settled())) await clock.sleep(50);

const spamIds: number[] = [];
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
let first = record.deliveries.length;
for (let said = 0; said < messages; said += 1) {
  const isSpam = Math.floor(said * share) !== Math.floor((said + 1) * share);
  const text = isSpam
    ? `FREE CASINO BONUS ${said}$ for every new player, no deposit, write me now t.me/lucky_bonus_bot`
    : `watered the tomatoes on balcony ${said} this morning, they look much better than last week`;
  // A spammer is restricted and cannot speak again, so each is somebody new.
  const from = isSpam ? human.addUser({ first_name: `Spammer ${said}` }).id : (senders[said % SENDERS] as number);
  if (isSpam) human.join({ chat, user: from });
  const { message_id } = human.talk({ chat, from, message: { text } });
  if (isSpam) spamIds.push(message_id);
  if (said % 100 !== 0) continue;
  while (waiting() > BACKLOG_MAX) await clock.sleep(2);
}
while (waiting() > 0 || !(await settled())) await clock.sleep(5);
const seconds = (performance.now() - startedAt) / 1000;
const cpu = process.cpuUsage(cpuBefore);

/** Deliveries are confirmed in order, so only the tail needs a look. */
function waiting(): number {
  const { deliveries } = record;
  while (first < deliveries.length && deliveries[first]?.confirmedAtMs !== undefined) first += 1;
  return deliveries.length - first;
}

const deletedAt = new Map(
  record.effects.filter(({ kind }) => kind === 'messageDeleted').map((one) => [one.messageId, one.atMs]),
);
const deliveredAt = new Map(record.deliveries.map((one) => [one.messageId, one.deliveredAtMs]));
const latencies = spamIds
  .map((id) => (deletedAt.get(id) ?? Infinity) - (deliveredAt.get(id) ?? 0))
  .toSorted((a, b) => a - b);
const percentile = (of: number) => Math.round(latencies[Math.floor(of * (latencies.length - 1))] ?? 0);
const missing = spamIds.filter((id) => !deletedAt.has(id)).length;
console.log(
  `${messages} messages, ${spamIds.length} spam, in ${seconds.toFixed(1)} s: ${Math.round(messages / seconds)} a second`,
);
console.log(`delivery to deletion p50 ${percentile(0.5)} ms, p99 ${percentile(0.99)} ms; spam not deleted: ${missing}`);
const cpuSeconds = (cpu.user + cpu.system) / 1e6;
console.log(
  `CPU of this process ${Math.round((cpuSeconds / messages) * 1e6)} s per million messages (PostgreSQL not included)`,
);
console.log(`memory ${Math.round(process.memoryUsage().rss / 1024 ** 2)} MB`);
await lifecycle.stop('the load is over');
process.exit(missing === 0 ? 0 : 1);
