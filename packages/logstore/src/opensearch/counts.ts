/**
 * Counts by aggregation. What must be exact comes from composite aggregations, page by page; every count is a sum of
 * weights, where a document without one counts as one.
 */
import type { LogLevel } from '@chatwarden/contracts';
import { checkBuckets } from '../buckets.ts';
import { levelOf, namesOf } from '../level.ts';
import type { BucketCount, CountedField, HourCount, LogStore, NameCount } from '../log-store.ts';
import { toQuery } from './to-query.ts';

/** Runs a search of this body over all logs and returns its aggregations. */
export type Aggregations = (body: { query: object; aggs: object }) => Promise<Record<string, unknown>>;

const FIELDS: Readonly<Record<CountedField | 'sender', string>> = {
  service: 'service.name',
  level: 'log.level',
  dataset: 'event.dataset',
  groupId: 'chatwarden.groupId',
  band: 'chatwarden.band',
  stage: 'chatwarden.stage',
  actionKind: 'chatwarden.actionKind',
  sender: 'chatwarden.sender',
};

const WEIGHT = { sum: { field: 'chatwarden.weight', missing: 1 } };
const COMPOSITE_SIZE = 5000;
const HOUR_MS = 3_600_000;
/** Values that each index counts for itself: with fewer than this, the sums are exact. */
const VALUES_PER_INDEX = 5000;

export function createCounts(aggregations: Aggregations): Pick<LogStore, 'hourly' | 'histogram' | 'aggregate'> {
  async function hourly({ groupId, from, to }: Parameters<LogStore['hourly']>[0]): Promise<HourCount[]> {
    const filter = { ...(groupId === undefined ? {} : { groupId }), from: hourFrom(from), to: hourFrom(to) };
    const sources = (field: string) => [byTime('hour', HOUR_MS), by('groupId'), by('dataset'), byField('name', field)];
    const actions = await composite(aggregations, toQuery(filter), sources(FIELDS.actionKind));
    const noAction = { bool: { must_not: { exists: { field: FIELDS.actionKind } } } };
    const verdicts = await composite(aggregations, toQuery(filter, [noAction]), sources(FIELDS.band));
    const counts = [...actions, ...verdicts].map(({ key, count }) => ({ ...key, count }) as unknown as HourCount);
    return counts.sort((a, b) => a.hour - b.hour || compare(rowKey(a), rowKey(b)));
  }

  async function histogram(query: Parameters<LogStore['histogram']>[0]): Promise<BucketCount[]> {
    const { bucketMs, by: field, ...filter } = query;
    checkBuckets(filter, bucketMs);
    const sources = [byTime('at', bucketMs), field === 'level' ? LEVELS : byField('name', FIELDS[field])];
    const rows = await composite(aggregations, toQuery(filter), sources);
    const counts = rows.map(({ key, count }) => ({ at: Number(key['at']), name: String(key['name'] ?? ''), count }));
    if (field !== 'level') return counts;
    return merge(
      counts.map((row) => ({ ...row, name: levelOf(row.name) })),
      (row) => `${row.at} ${row.name}`,
    ).sort((a, b) => a.at - b.at || compare(a.name, b.name));
  }

  async function aggregate(query: Parameters<LogStore['aggregate']>[0]): Promise<NameCount[]> {
    const { by: field, limit, ...filter } = query;
    const size = field === 'level' ? LEVELS_MAX : limit;
    const aggs = { found: field === 'check' ? ofChecks(size) : ofField(field, size) };
    const counts = toNameCounts(await aggregations({ query: toQuery(filter), aggs }));
    const merged = field === 'level' ? merge(counts.map(toOurLevel), (row) => row.name) : counts;
    return merged.sort((a, b) => b.count - a.count || compare(a.name, b.name)).slice(0, limit);
  }

  return { hourly, histogram, aggregate };
}

/** Hours begin on the hour; one that began before `from` is not asked for. */
function hourFrom(at: number): number {
  return Math.ceil(at / HOUR_MS) * HOUR_MS;
}

function rowKey({ groupId, dataset, name }: HourCount): string {
  return `${groupId} ${dataset} ${name}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface Row {
  key: Record<string, string | number | null>;
  count: number;
}

interface CompositeBuckets {
  after_key?: object;
  buckets: { key: Row['key']; weight: { value: number } }[];
}

async function composite(aggregations: Aggregations, query: object, sources: object[]): Promise<Row[]> {
  const rows: Row[] = [];
  let after: object | undefined;
  do {
    const page = { size: COMPOSITE_SIZE, sources, ...(after ? { after } : {}) };
    const { found } = await aggregations({ query, aggs: { found: { composite: page, aggs: { weight: WEIGHT } } } });
    const { buckets = [], after_key: next } = (found ?? {}) as Partial<CompositeBuckets>;
    rows.push(...buckets.map(({ key, weight }) => ({ key, count: weight.value })));
    after = buckets.length < COMPOSITE_SIZE ? undefined : next;
  } while (after);
  return rows;
}

function byTime(name: string, bucketMs: number): object {
  return { [name]: { date_histogram: { field: '@timestamp', fixed_interval: `${bucketMs}ms` } } };
}

function by(field: CountedField): object {
  return byField(field, FIELDS[field]);
}

function byField(name: string, field: string): object {
  return { [name]: { terms: { field } } };
}

/** A document without a level counts, too. */
const LEVELS = { name: { terms: { field: FIELDS.level, missing_bucket: true } } };
const LEVELS_MAX = 1000;

function ofField(by: CountedField | 'sender', size: number): object {
  const field = { field: FIELDS[by], ...(by === 'level' ? { missing: 'info' } : {}) };
  const order = [{ weight: 'desc' }, { _key: 'asc' }];
  return { terms: { ...field, size, shard_size: Math.max(size, VALUES_PER_INDEX), order }, aggs: { weight: WEIGHT } };
}

/** A check is nested in its document, and the weight is the document's. */
function ofChecks(size: number): object {
  const order = [{ 'document>weight': 'desc' }, { _key: 'asc' }];
  const terms = { field: 'chatwarden.checks.name', size, shard_size: Math.max(size, VALUES_PER_INDEX), order };
  const weighed = { document: { reverse_nested: {}, aggs: { weight: WEIGHT } } };
  const fired = { filter: { term: { 'chatwarden.checks.fired': true } }, aggs: { found: { terms, aggs: weighed } } };
  return { nested: { path: 'chatwarden.checks' }, aggs: { fired } };
}

interface Buckets {
  buckets?: { key: string; weight?: { value: number }; document?: { weight: { value: number } } }[];
  fired?: { found: Buckets };
}

function toNameCounts({ found = {} }: { found?: Buckets }): NameCount[] {
  const { buckets = [] } = found.fired?.found ?? found;
  return buckets.map(({ key, weight, document }) => ({ name: key, count: (weight ?? document?.weight)?.value ?? 0 }));
}

function toOurLevel({ name, count }: NameCount): { name: LogLevel; count: number } {
  return { name: levelOf(name), count };
}

function merge<T extends { count: number }>(rows: readonly T[], keyOf: (row: T) => string): T[] {
  const merged = new Map<string, T>();
  for (const row of rows) {
    const before = merged.get(keyOf(row));
    merged.set(keyOf(row), before ? { ...row, count: before.count + row.count } : row);
  }
  return [...merged.values()];
}
