/**
 * What the operator bears: thousands of TelegramGroups, some of them Dedicated, on a real etcd, API server and controllers
 * and a real PostgreSQL, the operator in a process of its own.
 *   make load-operator [GROUPS=5000] [DEDICATED=200] [REAL_TOPICS=20]
 * REAL_TOPICS are topics of a real Kafka; calls about the others are counted only. Pods get ready as soon as they are
 * there. Says how long it takes until all are reconciled, by which requests, with which memory; what it does at rest; how
 * long an edit takes; and what a restart costs. KUBE_QPS, KUBE_BURST, RECONCILERS and NODE_OPTIONS reach the operator,
 * CPU_PROF_DIR keeps its profiles. Exits with 1 when it writes at rest or takes more memory than is aimed at.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOptions } from '../../tools/options/read-options.ts';
import { makeChats } from './operator/chats.ts';
import { startCluster, type Cluster } from './operator/cluster.ts';
import { applyEdits, chooseEdits } from './operator/edits.ts';
import { watchRest, watchStart } from './operator/phases.ts';
import { isSound, toRequestTable, toRows, type Measured } from './operator/rows.ts';
import { startOperator, type RunningOperator } from './operator/start-operator.ts';
import { applyAll, type Population } from './operator/telegram-groups.ts';

const { values } = readOptions(import.meta.filename, {
  groups: { type: 'string', default: '5000' },
  dedicated: { type: 'string', default: '200' },
  'real-topics': { type: 'string', default: '20' },
});
const POPULATION: Population = { groups: Number(values.groups), dedicated: Number(values.dedicated), namespaces: 20 };
const REAL_TOPICS = Math.min(Number(values['real-topics']), POPULATION.dedicated);
const EDITS = 200;
const EDIT_EVERY_MS = 250;
const REST_SECONDS = 60;
const SAY_EVERY_GROUPS = 1000;

const startedAt = performance.now();
const say = (line: string) =>
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(5)} s  ${line}`);
const dir = mkdtempSync(join(tmpdir(), 'chatwarden-load-'));
const logFile = join(dir, 'operator.log');

say(`starting Kubernetes, PostgreSQL${REAL_TOPICS > 0 ? ' and Kafka' : ''}`);
let isFine = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const cluster = await startCluster(POPULATION, { kafka: REAL_TOPICS > 0 });
try {
  await populate(cluster);
  const measured = await measure(cluster);
  console.table(toRequestTable(measured));
  console.table(toRows(measured));
  isFine = isSound(measured);
} finally {
  await cluster.remove();
}
say(
  `load average ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);
if (isFine) rmSync(dir, { recursive: true });
else say(`the log of the operator is ${logFile}`);
process.exit(isFine ? 0 : 1);

async function populate({ client, store }: Cluster): Promise<void> {
  await makeChats(store.sql, POPULATION.groups);
  let made = 0;
  await applyAll(client, POPULATION, () => {
    made += 1;
    if (made % SAY_EVERY_GROUPS === 0) say(`${made} TelegramGroups are written`);
  });
}

async function measure(on: Cluster): Promise<Measured> {
  let operator = start(on);
  const watching = (of: RunningOperator) => ({ operator: of, cluster: on, groups: POPULATION.groups, say });
  const started = await watchStart(watching(operator));
  say(`quiet; a rest of ${REST_SECONDS} s`);
  const rested = await watchRest(watching(operator), REST_SECONDS);
  say(`${EDITS} edits`);
  const edits = await applyEdits(chooseEdits(EDITS, POPULATION), { ...on, everyMs: EDIT_EVERY_MS });
  await watchStart({ ...watching(operator), say: () => undefined });
  await operator.stop();
  say('the operator begins again');
  operator = start(on);
  const restarted = await watchStart(watching(operator));
  await operator.stop();
  return { started, rested, edits, restarted };
}

function start({ env }: Cluster): RunningOperator {
  return startOperator({ env: { ...env, REAL_TOPICS: String(REAL_TOPICS) }, logFile });
}
