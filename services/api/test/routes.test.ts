/** The routes on a real log store; each answer is also held against the API's own description. */
import { createPostgresLogStore, type LogStore } from '@chatwarden/logstore';
import { aVerdictEvent, anActionEvent } from '@chatwarden/logstore/contract';
import { openStore, type PostgresStore } from '@chatwarden/store';
import { GROUP_ID, manualClock, NOON } from '@chatwarden/testkit';
import { createTestDatabase, type TestDatabase } from '@chatwarden/testkit/postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Api } from '../src/wire.ts';
import { anApi, call } from './an-api.ts';
import { answerSchemas, type AnswerSchemas } from './answer-schemas.ts';

const HOUR_MS = 3_600_000;
const GROUP = `/api/v1/groups/${GROUP_ID}`;

let database: TestDatabase;
let store: PostgresStore;
let logStore: LogStore;
let api: Api;
let schemas: AnswerSchemas;

beforeAll(async () => {
  database = await createTestDatabase();
  const clock = manualClock(NOON + HOUR_MS);
  store = await openStore({ url: database.url, clock });
  logStore = createPostgresLogStore({ sql: store.sql, clock, keepDays: 7 });
  api = anApi({ logStore, clock }, { DEMO: true });
  schemas = answerSchemas((await call(api, '/api/v1/openapi.json')).json());
});

afterAll(async () => {
  await api.close();
  await store.close();
  await database.drop();
});

beforeEach(async () => {
  await logStore.dropOldDays(NOON + 100 * 24 * HOUR_MS, 0);
  await logStore.write([
    aVerdictEvent({ id: 'first', at: NOON }),
    aVerdictEvent({ id: 'second', at: NOON + 1000, chatwarden: { band: 'ask', stage: 'llm', reasons: ['looks odd'] } }),
    aVerdictEvent({ id: 'third', at: NOON + 2000, chatwarden: { band: 'allow', weight: 10, reasons: [] } }),
    aVerdictEvent({ id: 'elsewhere', at: NOON, chatwarden: { groupId: 'gfedcba9876543210' } }),
    anActionEvent({ id: 'deleted', at: NOON + 3000 }),
    anActionEvent({
      id: 'too late',
      at: NOON + 4000,
      event: { outcome: 'success', reason: 'expired: the sanction had ended' },
      chatwarden: { actionKind: 'restrict' },
    }),
    anActionEvent({
      id: 'refused',
      at: NOON + 5000,
      event: { outcome: 'failure', reason: 'noRights: not enough rights' },
      chatwarden: { actionKind: 'ban' },
    }),
  ]);
});

/** The answer, after it was found to be what the description says. */
async function get<T>(path: string, url: string): Promise<T> {
  const answer = await call(api, url);
  expect({ url, complaints: schemas.complaints(path, answer.status, answer.json()) }).toEqual({ url, complaints: [] });
  return answer.json() as T;
}

interface Verdicts {
  verdicts: { band: string; time: string; reasons: string[] }[];
  cursor?: string;
}
const verdicts = (query = '') => get<Verdicts>('/api/v1/groups/{groupId}/verdicts', `${GROUP}/verdicts${query}`);
const actions = (query = '') =>
  get<{ actions: { kind: string; result: string; reason?: string }[] }>(
    '/api/v1/groups/{groupId}/actions',
    `${GROUP}/actions${query}`,
  );

describe('GET /api/v1/groups', () => {
  it('lists groups by title with mode and preset, and says that this is the demo', async () => {
    expect(await get('/api/v1/groups', '/api/v1/groups')).toEqual({
      demo: true,
      groups: [
        {
          groupId: 'gfedcba9876543210',
          title: 'Allotment',
          chatType: 'supergroup',
          mode: 'observe',
          preset: 'balanced',
          revision: 4,
          locked: { fields: ['mode'], by: 'team-a/allotment' },
        },
        {
          groupId: GROUP_ID,
          title: 'Balcony gardeners',
          chatType: 'supergroup',
          username: 'balcony',
          mode: 'enforce',
          preset: 'balanced',
          revision: 3,
        },
      ],
    });
  });
});

describe('GET /api/v1/groups/:groupId/verdicts', () => {
  it('gives a verdict with all that explains it', async () => {
    const { verdicts: listed } = await verdicts('?band=act');
    expect(listed).toEqual([
      {
        id: aVerdictEvent({ id: 'first' }).event.id,
        time: '2026-11-24T12:00:00.000Z',
        judgedAt: '2026-11-24T12:00:00.005Z',
        message: 'act on a message: 1 link to casino.example',
        eventId: 'e'.repeat(32),
        messageId: 1,
        sender: 'a'.repeat(32),
        stage: 'detect',
        band: 'act',
        mode: 'enforce',
        score: 0.98,
        reasons: ['1 link to casino.example'],
        checks: [{ name: 'links', fired: true, weight: 2.5, reason: '1 link to casino.example' }],
        weight: 1,
        detector: '0.0.0',
      },
    ]);
  });

  it('gives the newest first, page by page', async () => {
    const first = await verdicts('?limit=2');
    expect(first.verdicts.map((item) => item.band)).toEqual(['allow', 'ask']);
    const second = await verdicts(`?limit=2&cursor=${first.cursor}`);
    expect(second.verdicts.map((item) => item.band)).toEqual(['act']);
    expect(second).not.toHaveProperty('cursor');
  });

  it.each([
    { query: '?stage=llm', bands: ['ask'] },
    { query: '?text=odd', bands: ['ask'] },
    { query: '?text=odd&band=act', bands: [] },
    { query: '?from=2026-11-24T12:00:01Z', bands: ['allow', 'ask'] },
    { query: '?to=2026-11-24T14:00:01%2B02:00', bands: ['act'] },
  ])('filters by $query', async ({ query, bands }) => {
    expect((await verdicts(query)).verdicts.map((item) => item.band)).toEqual(bands);
  });

  it('refuses a cursor that it did not make', async () => {
    expect(await verdicts('?cursor=nonsense')).toMatchObject({ status: 400, code: 'bad-request' });
  });
});

describe('GET /api/v1/groups/:groupId/actions', () => {
  it('gives the newest first, each with its outcome and why', async () => {
    const { actions: listed } = await actions();
    expect(listed.map(({ kind, result, reason }) => [kind, result, reason])).toEqual([
      ['ban', 'failed', 'noRights: not enough rights'],
      ['restrict', 'skipped', 'expired: the sanction had ended'],
      ['deleteMessage', 'done', undefined],
    ]);
  });

  it('filters by kind', async () => {
    expect((await actions('?kind=deleteMessage')).actions).toMatchObject([{ latencyMs: 42, cause: 'c'.repeat(32) }]);
  });
});

describe('stats', () => {
  it('count the last day of a group when nothing else is asked', async () => {
    const stats = await get<{ hours: object[] }>('/api/v1/groups/{groupId}/stats', `${GROUP}/stats`);
    expect(stats).toMatchObject({
      from: '2026-11-23T13:00:00.000Z',
      to: '2026-11-24T13:00:00.000Z',
      totals: { bands: { act: 1, ask: 1, allow: 10 }, actions: { deleteMessage: 1, restrict: 1, ban: 1 } },
    });
    expect(stats.hours).toHaveLength(24);
    expect(stats.hours.at(-1)).toMatchObject({ hour: '2026-11-24T12:00:00.000Z', bands: { act: 1 } });
  });

  it('count all groups together', async () => {
    const stats = await get('/api/v1/stats', '/api/v1/stats?from=2026-11-24T12:30:00Z&to=2026-11-24T13:00:00Z');
    expect(stats).toMatchObject({ from: '2026-11-24T12:00:00.000Z', totals: { bands: { act: 2 } } });
  });

  it.each([
    ['?from=2026-11-24T14:00:00Z', 'must be before the end'],
    ['?from=2026-01-01T00:00:00Z', 'must be at most 31 days before the end'],
  ])('refuse the range %s', async (query, detail) => {
    const problem = await get('/api/v1/groups/{groupId}/stats', `${GROUP}/stats${query}`);
    expect(problem).toMatchObject({ status: 400, errors: [{ pointer: '/query/from', detail }] });
  });
});

it('would notice an answer that is not as described', () => {
  expect(schemas.complaints('/api/v1/groups', 200, { demo: true, groups: [{ title: 'no id' }] })).not.toEqual([]);
  expect(schemas.complaints('/api/v1/groups', 302, {})).not.toEqual([]);
});

it('describes every route of the API, and its problems', async () => {
  const described = (await call(api, '/api/v1/openapi.json')).json();
  expect(described).toMatchObject({ openapi: '3.1.0' });
  expect(schemas.paths.toSorted()).toEqual([
    '/api/v1/groups',
    '/api/v1/groups/{groupId}/actions',
    '/api/v1/groups/{groupId}/stats',
    '/api/v1/groups/{groupId}/verdicts',
    '/api/v1/stats',
  ]);
});
