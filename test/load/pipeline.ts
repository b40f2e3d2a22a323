/**
 * What a platform bears: one group, every service a process of its own, Kafka, OpenSearch and PostgreSQL on the same
 * machine, and the simulated Telegram in the harness.
 *   make load-pipeline ARGS='--per-second 1000 --seconds 300 --spam 0.1 --chats 1 --saturate'
 * Says what was lost, how far every consumer group was behind, how long a message waited for its verdict and for its
 * deletion (from being said until judged, until gone), and CPU and memory by process. --saturate raises the rate
 * afterwards until what waits grows. The journal samples as it does by default; what "found" means then stands in
 * pipeline/found.ts. Bounded; exits with 1 when something was lost or what waits grew.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createKafkaBus } from '@chatwarden/bus';
import { DATASETS, type LogEvent } from '@chatwarden/contracts';
import { systemClock } from '@chatwarden/daemon';
import { openConfiguredStore } from '@chatwarden/store';
import { readOptions } from '../../tools/options/read-options.ts';
import { readDocuments, startEngines } from '../platform/engines.ts';
import { buildPlatform } from '../platform/platform.ts';
import { gatherPeople, TOKEN } from '../town/people.ts';
import { deletionsOf, findLost, percentile, untilDeletion, untilVerdict, weightOf } from './pipeline/found.ts';
import { hasGrown, readLag, totalOf, type Lag } from './pipeline/lag.ts';
import { limitOf, tableOf, watchUse } from './pipeline/use.ts';

const { values } = readOptions(import.meta.filename, {
  'per-second': { type: 'string', default: '1000' },
  seconds: { type: 'string', default: '300' },
  spam: { type: 'string', default: '0.1' },
  chats: { type: 'string', default: '1' },
  saturate: { type: 'boolean', default: false },
});
const PER_SECOND = Number(values['per-second']);
const SECONDS = Number(values.seconds);
const PREFIX = 'load-';
/** Compilers and caches are warm, groups have their members. */
const WARM_UP_SECONDS = 15;
const LOOK_EVERY_S = 10;
const SHOW_EVERY_S = 30;
const SETTLE_MAX_MS = 180_000;
const STEP_FACTOR = 1.2;
const STEP_SECONDS = 20;
const STEPS_MAX = 12;
const STEP_LOOK_EVERY_S = 2;

const startedAt = performance.now();
const say = (line: string) =>
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(5)} s  ${line}`);
const dir = mkdtempSync(join(tmpdir(), 'chatwarden-load-'));

say('starting Kafka, OpenSearch and PostgreSQL');
const engines = await startEngines({ forLoad: true });
const clock = systemClock();
const { databaseUrl, openSearch, kafka } = engines;
const store = await openConfiguredStore({ DATABASE_URL: databaseUrl, MIGRATE: true }, { clock, poolMax: 2 });
const people = await gatherPeople({ chats: Number(values.chats), spam: Number(values.spam) });
const platform = await buildPlatform({
  engines: { databaseUrl, brokers: kafka.brokers, openSearchUrl: openSearch.url, prefix: PREFIX },
  telegram: { token: TOKEN, apiRoot: people.apiRoot },
  dir,
  env: { LOG_LEVEL: 'warn' },
  journalSample: 'default',
});
const bus = createKafkaBus({ brokers: [kafka.brokers], clientId: 'load', prefix: PREFIX, clock });

let isFine = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
try {
  await platform.start();
  say(`${platform.members.length} processes are ready; their logs are in ${dir}`);
  await people.talk(PER_SECOND * WARM_UP_SECONDS, PER_SECOND);
  await settled();
  isFine = await steady();
  if (values.saturate) await saturate();
} finally {
  await bus.close();
  await store.close();
  await platform.close();
  await people.close();
  await engines.remove();
}
if (isFine) rmSync(dir, { recursive: true });
process.exit(isFine ? 0 : 1);

async function steady(): Promise<boolean> {
  const from = people.said.length;
  const [use, began] = [watchUse(platform, engines), performance.now()];
  const lags = await watchedTalk(PER_SECOND, { seconds: SECONDS, everySeconds: LOOK_EVERY_S });
  const rate = ((people.said.length - from) * 1000) / (performance.now() - began);
  await settled();
  // At rest all of it was worked on, so CPU per message is CPU per message.
  const used = use();
  const end = await readLag(bus, people.waiting);
  const shown = lags.filter((_, n) => n % (SHOW_EVERY_S / LOOK_EVERY_S) === 0);
  console.table(Object.fromEntries([...shown.map(({ at, lag }) => [`${at} s`, lag]), ['at rest', end]]));
  console.table(tableOf(used, people.said.length - from));
  const lost = await report(from, rate);
  // At the first look nobody had said anything yet.
  const totals = lags.slice(1).map(({ lag }) => totalOf(lag));
  const grew = hasGrown(totals, PER_SECOND);
  say(`lost: ${JSON.stringify(lost)}; what waits ${grew ? 'GREW' : 'did not grow'}; load average ${loads()}`);
  return Object.values(lost).every((count) => count === 0) && !grew && totalOf(end) === 0;
}

async function report(from: number, rate: number) {
  const { said } = people;
  const counted = await count();
  const [ofRun, verdicts] = [said.slice(from), counted.verdicts];
  const [judged, deleted] = [untilVerdict(ofRun, verdicts), untilDeletion(ofRun, counted.deletedAt)];
  console.table({
    sent: said.length,
    'sent a second': Math.round(rate),
    'verdicts judged (counter)': counted.judged,
    'verdicts published (records)': counted.records,
    'verdicts journalled (weights)': weightOf(verdicts),
    'documents of verdicts': verdicts.length,
    'spam sent': said.filter((one) => one.spam).length,
    'spam deleted': counted.deletedAt.size,
    'to verdict p50, ms': percentile(judged, 0.5),
    'to verdict p99, ms': percentile(judged, 0.99),
    'to deletion p50, ms': percentile(deleted, 0.5),
    'to deletion p99, ms': percentile(deleted, 0.99),
  });
  return findLost(said, counted);
}

/** Over the whole run, the first words included. */
async function count() {
  const chats = new Map((await store.groups.listGroups()).map(({ groupId, chatId }) => [groupId, chatId]));
  const names = ['groupId', 'messageId', 'weight', 'stage'].map((name) => `chatwarden.${name}`);
  const documents = await readDocuments(openSearch.url, `${PREFIX}logs-alertd-*`, {
    query: { term: { 'event.dataset': DATASETS.verdict } },
    fields: [...names, 'event.created', 'event.id'],
  });
  const events = documents.map(({ document }) => document as LogEvent);
  const verdicts = events.flatMap(({ chatwarden = {}, event }) => {
    const { groupId = '', messageId, weight = 1, stage } = chatwarden;
    const chatId = chats.get(groupId);
    if (messageId === undefined || chatId === undefined || stage !== 'detect') return [];
    return [{ chatId, messageId, weight, judgedAt: Date.parse(event.created) }];
  });
  // Verdicts about copies that were said earlier are later stages of the same messages.
  const later = events.filter(({ chatwarden }) => chatwarden?.stage !== 'detect').length;
  const positions = await bus.positionsOf('verdicts', 'bot-plan');
  const records = positions.reduce((sum, { offset, lag }) => sum + Number(offset ?? 0n) + lag, 0) - later;
  const judged = await countJudged();
  return { records, judged, verdicts, deletedAt: deletionsOf(people.fake) };
}

async function countJudged(): Promise<number> {
  const texts = await Promise.all(platform.of('detect').map((member) => member.metrics()));
  const counts = texts.flatMap((text) => [...text.matchAll(/^chatwarden_alertd_verdicts_total\{.*\} (\d+)$/gm)]);
  return counts.reduce((sum, [, each]) => sum + Number(each), 0);
}

interface Seen {
  at: number;
  lag: Lag;
}

interface Watching {
  seconds: number;
  everySeconds: number;
  /** Ends the talk early. */
  isEnough?: (seen: readonly Seen[]) => boolean;
}

async function watchedTalk(perSecond: number, { seconds, everySeconds, isEnough }: Watching): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (let at = 0; at <= seconds; at += everySeconds) {
    const [from, began] = [people.said.length, performance.now()];
    const reading = readLag(bus, people.waiting);
    if (at < seconds) await people.talk(perSecond * everySeconds, perSecond);
    const lag = await reading;
    seen.push({ at, lag });
    const rate = Math.round(((people.said.length - from) * 1000) / (performance.now() - began));
    if (at % LOOK_EVERY_S === 0) say(`${people.said.length} said, ${rate} a second; waiting ${JSON.stringify(lag)}`);
    if (isEnough?.(seen)) break;
  }
  return seen;
}

async function saturate(): Promise<void> {
  let borne = PER_SECOND;
  for (let step = 1; step <= STEPS_MAX; step += 1) {
    const rate = Math.round(PER_SECOND * STEP_FACTOR ** step);
    const [from, use] = [people.said.length, watchUse(platform, engines)];
    const watching = { seconds: STEP_SECONDS, everySeconds: STEP_LOOK_EVERY_S };
    const seen = await watchedTalk(rate, { ...watching, isEnough: (so) => growsFor10s(so, rate) });
    const used = use();
    const said = Math.round((people.said.length - from) / used.seconds);
    const isTooMuch = growsFor10s(seen, rate);
    say(`${rate} a second (${said} said): ${isTooMuch ? 'what waits grows' : 'borne'}; ${limitOf(used)}`);
    if (isTooMuch || said < rate * 0.95) {
      console.table(tableOf(used, people.said.length - from));
      const who = isTooMuch ? `waiting ${JSON.stringify(seen.at(-1)?.lag)}` : 'the harness itself says no more';
      say(`saturates above ${borne} a second: ${who}; load average ${loads()}`);
      return;
    }
    borne = said;
    await settled();
  }
  say(`bears ${borne} a second, and nothing faster was tried`);
}

/** By a tenth of what was said in that time, and the most of it within those ten seconds. */
function growsFor10s(seen: readonly Seen[], rate: number): boolean {
  const totals = seen.slice(-(1 + 10 / STEP_LOOK_EVERY_S)).map(({ lag }) => totalOf(lag));
  if (totals.length < 1 + 10 / STEP_LOOK_EVERY_S) return false;
  const rises = totals.filter((total, n) => n > 0 && total > (totals[n - 1] ?? 0)).length;
  return rises >= totals.length - 2 && (totals.at(-1) ?? 0) - (totals[0] ?? 0) > rate;
}

/** Nothing waits anywhere and every spam is gone, or long enough was waited. */
async function settled(): Promise<void> {
  const spam = people.said.filter((one) => one.spam).length;
  for (const deadline = performance.now() + SETTLE_MAX_MS; performance.now() < deadline; await sleep(500)) {
    if (totalOf(await readLag(bus, people.waiting)) === 0 && deletionsOf(people.fake).size >= spam) return;
  }
  say('it does not come to rest');
}

function loads(): string {
  return loadavg()
    .map((load) => load.toFixed(1))
    .join(' ');
}
