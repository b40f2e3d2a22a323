/**
 * Disturbs a platform, every service twice as processes on Kafka, OpenSearch and PostgreSQL, while people talk and an
 * oracle sends documents; then says what was lost or doubled, and for how long there were no verdicts.
 *   make chaos ARGS='--only <words of a name> --per-second 20 --break drop|double'
 * --break makes the way to OpenSearch lose or double one document, to show that the harness finds it. Exits with 1 on any
 * fault. Bounded: it ends by itself.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createKafkaAdmin } from '@chatwarden/bus';
import { DATASETS, hashId, type DedicatedTopic, type LogEvent } from '@chatwarden/contracts';
import { systemClock } from '@chatwarden/daemon';
import { documentId } from '@chatwarden/logstore';
import { openConfiguredStore } from '@chatwarden/store';
import { readOptions } from '../../tools/options/read-options.ts';
import { readDocuments, startEngines } from '../platform/engines.ts';
import { startFlakyOpenSearch } from '../platform/flaky-opensearch.ts';
import { buildPlatform } from '../platform/platform.ts';
import { BOT_ID, gatherPeople, TOKEN } from '../town/people.ts';
import { readConservation, readPending, readVerdictIds } from './conservation.ts';
import { findFaults, isClean, isDone, placeOf } from './obligations.ts';
import { compare, startOracle, type Mistakes, type Oracle } from './oracle.ts';
import { PLATFORM_SCENARIOS, type PlatformScenario, type Running } from './platform-scenarios.ts';
import { serviceOf } from './verdict-gaps.ts';

const { values } = readOptions(import.meta.filename, {
  only: { type: 'string', default: '' },
  'per-second': { type: 'string', default: '20' },
  break: { type: 'string', default: '' },
});
const PREFIX = 'chaos-';
const ORACLE_SERVICE = 'oracle';
const ORACLE_PER_SECOND = 200;
/** Longer than every back-off and lease that may still run after a disturbance. */
const REST_MAX_MS = values.break === '' ? 180_000 : 60_000;
const KAFKA_DISK_MIB = 1500;

const startedAt = performance.now();
const say = (line: string) =>
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(5)} s  ${line}`);
const dir = mkdtempSync(join(tmpdir(), 'chatwarden-chaos-'));
const scenarios = PLATFORM_SCENARIOS.filter(({ name }) => name.includes(values.only));
if (!['', 'drop', 'double'].includes(values.break)) throw new Error('--break is drop or double');

say('starting Kafka, OpenSearch and PostgreSQL');
const engines = await startEngines(process.getuid?.() === 0 ? { kafkaDiskMib: KAFKA_DISK_MIB } : {});
const flaky = await startFlakyOpenSearch(engines.openSearch.url, Math.random);
const people = await gatherPeople({ chats: 3 });
const platform = await buildPlatform({
  engines: {
    databaseUrl: engines.databaseUrl,
    brokers: engines.kafka.brokers,
    openSearchUrl: flaky.url,
    prefix: PREFIX,
  },
  telegram: { token: TOKEN, apiRoot: people.apiRoot },
  dir,
  copies: { bot: 2, detect: 2, journal: 2, ingestd: 2 },
});
const store = await openMigrated();
const kafkaAt = { brokers: engines.kafka.brokers, prefix: PREFIX };
/** By any scenario. */
const issued = new Set<string>();
const results: Record<string, object> = {};
let faulty = 0;
try {
  await platform.start();
  say(`${platform.members.length} processes are ready; their logs are in ${dir}`);
  const running: Running = { platform, engines, flaky, store, makeTopic, progress: (line) => say(`  ${line}`) };
  await people.talk(30, Number(values['per-second']));
  for (const scenario of scenarios) {
    say(scenario.name);
    const result = await run(scenario, running);
    results[scenario.name] = result;
    if (!result.clean) faulty += 1;
    say(`  ${JSON.stringify(result)}`);
  }
} finally {
  await store.close();
  await platform.close();
  await people.close();
  await flaky.close();
  await engines.remove();
}
console.table(results);
console.log(
  faulty === 0 ? 'nothing was lost, nothing was done twice' : `FAULTS in ${faulty} scenarios; logs in ${dir}`,
);
if (faulty === 0) rmSync(dir, { recursive: true });
process.exit(faulty === 0 && scenarios.length > 0 ? 0 : 1);

async function openMigrated() {
  return openConfiguredStore(
    { DATABASE_URL: engines.databaseUrl, MIGRATE: true },
    { clock: systemClock(), poolMax: 2 },
  );
}

async function run(scenario: PlatformScenario, running: Running) {
  const from = people.said.length;
  const { timeOf } = scenario;
  const perSecond = ORACLE_PER_SECOND;
  const oracle = startOracle({
    url: platform.ingestUrl,
    service: ORACLE_SERVICE,
    perSecond,
    ...(timeOf === undefined ? {} : { timeOf }),
  });
  const talking = new AbortController();
  const talk = keepTalking(talking.signal);
  await sleep(3000);
  const spoilt = (document: string) => say(`  ${values.break}: ${document.slice(0, 300)}`);
  if (values.break !== '') flaky.spoilNext(values.break as 'drop' | 'double', spoilt);
  await scenario.disturb(running);
  talking.abort();
  await talk;
  await oracle.stop();
  const { findings, mistakes, judgedAt } = await settled(from, oracle);
  const conservation = await readConservation(kafkaAt);
  const judgements = people.said.slice(from).flatMap((one) => {
    const judgedAtMs = judgedAt.get(placeOf(one));
    return judgedAtMs === undefined ? [] : [{ saidAtMs: one.atMs, judgedAtMs }];
  });
  const { secondsWithout, withinFive } = serviceOf(judgements);
  const adds = conservation.adds && conservation.pending === 0;
  return {
    clean: isClean({ ...findings, ...mistakes }) && adds,
    messages: people.said.length - from,
    documents: oracle.owed.size,
    refusals: oracle.refusals(),
    secondsWithout: Number(secondsWithout.toFixed(1)),
    withinFive: `${(withinFive * 100).toFixed(1)} %`,
    ...Object.fromEntries(Object.entries({ ...findings, ...mistakes }).filter(([, count]) => count > 0)),
    ...(adds ? {} : { conservation: JSON.stringify(conservation) }),
  };
}

async function keepTalking(signal: AbortSignal): Promise<void> {
  const perSecond = Number(values['per-second']);
  while (!signal.aborted) await people.talk(perSecond, perSecond);
}

interface Rest {
  findings: ReturnType<typeof findFaults>;
  mistakes: Mistakes;
  /** When each message was judged, by `placeOf`. */
  judgedAt: ReadonlyMap<string, number>;
}

/** Looks until nothing is owed any more, or for as long as anything can still be under way. */
async function settled(from: number, oracle: Oracle): Promise<Rest> {
  for (const deadline = performance.now() + REST_MAX_MS; ;) {
    await sleep(3000);
    const isOver = performance.now() > deadline;
    const rest = await look(from, oracle).catch((error: unknown) => String(error));
    if (typeof rest === 'string') {
      if (isOver) throw new Error(rest);
      continue;
    }
    const { findings, mistakes } = rest;
    const isQuiet = isDone(findings) && findings.neverJudged === 0 && mistakes.lost === 0 && people.waiting() === 0;
    if (!isOver && !(isQuiet && (await readPending(kafkaAt)) === 0)) continue;
    // What is done twice is done soon after the first time.
    await sleep(3000);
    return look(from, oracle, await readVerdictIds(kafkaAt));
  }
}

/** `verdictIds`: of those that were published, once nothing is under way. */
async function look(from: number, oracle: Oracle, verdictIds = new Set<string>()): Promise<Rest> {
  const said = people.said.slice(from);
  const { url } = engines.openSearch;
  const chats = new Map((await store.groups.listGroups()).map(({ groupId, chatId }) => [groupId, chatId]));
  const verdicts = await readDocuments(url, `${PREFIX}logs-alertd-*`, {
    query: { term: { 'event.dataset': DATASETS.verdict } },
  });
  const judgedAt = new Map<string, number>();
  for (const { document } of verdicts) {
    const { chatwarden, event } = document as LogEvent;
    const { groupId = '', messageId } = chatwarden ?? {};
    if (messageId === undefined) continue;
    judgedAt.set(placeOf({ chatId: chats.get(groupId) ?? 0, messageId }), Date.parse(event.created));
  }
  for (const id of oracle.issued) issued.add(id);
  const taken = await actionsTold();
  const documents = (await readDocuments(url, `${PREFIX}logs-*`)).map(({ index, id, document }) => {
    const { event, service } = document as LogEvent;
    // Whoever writes a verdict or an action names the document by it.
    const isOurs = service.name !== ORACLE_SERVICE && id === documentId(service.name, event.id);
    if (isOurs) issued.add(id);
    return { index, id };
  });
  const judged = new Set(judgedAt.keys());
  const observed = { said, effects: people.fake.record.effects, botId: BOT_ID, judged };
  return {
    // Notices are off.
    findings: findFaults({ ...observed, notices: { unknown: said.length } }),
    mistakes: compare({ owed: new Set([...oracle.owed, ...taken, ...verdictIds]), issued }, { documents }),
    judgedAt,
  };
}

/** Ids of the documents about actions that the ledger has told of. */
async function actionsTold(): Promise<Set<string>> {
  const rows = await store.sql.query<{ id: string }>(
    'chaos_told',
    'select id from action where told_at is not null',
    [],
  );
  return new Set(rows.map(({ id }) => documentId('alertd', hashId('taken', id))));
}

async function makeTopic(topic: DedicatedTopic): Promise<void> {
  const admin = createKafkaAdmin({
    brokers: [kafkaAt.brokers],
    clientId: 'chaos',
    prefix: PREFIX,
    clock: systemClock(),
  });
  await admin.ensureTopics({ topics: [topic], replication: 1 });
  await admin.close();
}
