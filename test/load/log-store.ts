/**
 * How fast the PostgreSQL log store writes and searches: fills a fresh database and prints p50 and p99 per question.
 * Run: npm exec -- node test/load/log-store.ts [documents, 300000 when absent]
 */
import { DATASETS, hashId, type LogEvent } from '@chatwarden/contracts';
import { createPostgresLogStore, type LogStore, type Query } from '@chatwarden/logstore';
import { aVerdictEvent, anActionEvent } from '@chatwarden/logstore/contract';
import type { Sql } from '@chatwarden/store';
import { readOptions } from '../../tools/options/read-options.ts';
import { openDatabase } from './open-database.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 24, 12);
const GROUPS = ['g0123456789abcdef', 'g1111111111111111', 'g2222222222222222'];
const BATCH = 100;
const [total = 300_000] = readOptions(import.meta.filename, {}).positionals.map(Number);

/** Two thirds in the first group; 2 % acted upon, 0.5 % asked about; one action per verdict acted upon. */
function documentAt(i: number): LogEvent {
  const at = NOW - Math.floor(((total - i) / total) * 7 * DAY_MS);
  const groupId = GROUPS[i % 3 === 2 ? 1 + (i % 2) : 0] ?? '';
  const base = { sender: hashId('sender', i % 5000), messageId: i, groupId };
  if (i % 50 === 1) return anActionEvent({ id: `${i}`, at, chatwarden: base });
  const band = i % 50 === 0 ? 'act' : i % 200 === 3 ? 'ask' : 'allow';
  const reasons = [`1 link to site-${i % 997}.example`, `known sender since ${i % 31} days`, 'no sign of spam'];
  const checks = ['links', 'mentions', 'mixedScripts', 'repeats', 'classifier'].map((name, n) => ({
    name,
    fired: n % 2 === 0,
    weight: n - 1.5,
    reason: reasons[n % 3] ?? '',
  }));
  return aVerdictEvent({
    id: `${i}`,
    at,
    message: `${band} on a message`,
    chatwarden: { ...base, band, reasons, checks },
  });
}

async function fill(store: LogStore): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < total; i += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, total - i) }, (_, n) => documentAt(i + n));
    const begun = performance.now();
    await store.write(batch);
    times.push(performance.now() - begun);
  }
  report(`write ${BATCH}`, times);
}

/** As the server itself does in the background: until then the index of words has a list that is not sorted in. */
async function settle(sql: Sql): Promise<void> {
  const days = await sql.query<{ name: string }>(
    '',
    "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'journal'::regclass",
    [],
  );
  for (const { name } of days) await sql.query('', `vacuum analyze ${name}`, []);
}

const group = { groupId: GROUPS[0] ?? '', dataset: DATASETS.verdict };
const QUERIES: Record<string, Query> = {
  'newest of a group': { ...group, limit: 50 },
  'newest, 200': { ...group, limit: 200 },
  'band act': { ...group, band: 'act', limit: 50 },
  'band ask': { ...group, band: 'ask', limit: 50 },
  'stage that never is': { ...group, stage: 'llm', limit: 50 },
  'three days ago': { ...group, from: NOW - 4 * DAY_MS, to: NOW - 3 * DAY_MS, limit: 50 },
  'a rare word': { ...group, text: 'site 503', limit: 50 },
  'a word in all': { ...group, text: 'link', limit: 50 },
  'a word in none': { ...group, text: 'poker', limit: 50 },
  'common and rare': { ...group, text: 'link 503 classifier', limit: 50 },
  'a word and a band': { ...group, band: 'act', text: 'link', limit: 50 },
  'a sender': { ...group, text: hashId('sender', 42), limit: 50 },
  'actions of a group': { groupId: group.groupId, dataset: DATASETS.action, limit: 50 },
  'all groups': { limit: 50 },
};

async function ask(store: LogStore): Promise<void> {
  for (const [name, query] of Object.entries(QUERIES)) {
    await measure(name, () => store.search(query));
  }
  const { cursor = '' } = await store.search({ ...group, limit: 200 });
  await measure('the next page', () => store.search({ ...group, limit: 50, cursor }));
  await measure('hours of a group', () => store.hourly({ groupId: group.groupId, from: NOW - 7 * DAY_MS, to: NOW }));
  await measure('hours of all', () => store.hourly({ from: NOW - 7 * DAY_MS, to: NOW }));
}

async function measure(name: string, run: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < 200; i++) {
    const begun = performance.now();
    await run();
    times.push(performance.now() - begun);
  }
  report(name, times);
}

function report(name: string, times: number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
  console.log(`${name.padEnd(22)} p50 ${at(0.5).padStart(7)} ms  p99 ${at(0.99).padStart(7)} ms  n ${sorted.length}`);
}

const database = await openDatabase();
const store = createPostgresLogStore({ sql: database.sql, clock: { now: () => NOW }, keepDays: 7 });
try {
  await fill(store);
  await settle(database.sql);
  await ask(store);
} finally {
  await database.close();
}
