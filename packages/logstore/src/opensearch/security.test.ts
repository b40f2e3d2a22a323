/** Against a server with TLS and users: the role that is shipped is enough for all that a log store does, and no more. */
import { readFileSync } from 'node:fs';
import { NOON } from '@chatwarden/testkit';
import { chooseBackends, MissingTool, type OpenSearchServer } from '@chatwarden/testkit/backends';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realPauses, silent } from '../../test/an-opensearch-log-store.ts';
import { aVerdictEvent } from '../contract/a-log-event.ts';
import { createAsk, type Ask } from './ask.ts';
import { openConnection, type Connection, type ConnectionOptions } from './connection.ts';
import { createOpenSearchLogStore, type OpenSearchLogStore } from './opensearch-log-store.ts';

const DAY_MS = 86_400_000;
const ROLE_FILE = new URL('../../opensearch/chatwarden-logs.role.json', import.meta.url);
const SETTINGS = { 'indices.recovery.max_bytes_per_sec': '1mb' };
const user = { username: 'chatwarden', password: 'Passing-Tests-4711' };

const server = await startSecured();

async function startSecured(): Promise<(OpenSearchServer & Required<Pick<OpenSearchServer, 'security'>>) | undefined> {
  try {
    const started = await (await chooseBackends(process.env)).openSearch({ security: true });
    return started.security && { ...started, security: started.security };
  } catch (error) {
    if (!(error instanceof MissingTool)) throw error;
    console.log(error.message);
    return undefined;
  }
}

describe.skipIf(!server)('the log store and users of OpenSearch (needs OpenSearch with its security plugin)', () => {
  const begun = Date.now();
  const clock = realPauses({ now: () => NOON + Date.now() - begun });
  const url = server?.url ?? '';
  const caFile = server?.security.caFile ?? '';
  const connections: Connection[] = [];
  let admin: Ask;
  let store: OpenSearchLogStore;

  function asking(options: Omit<ConnectionOptions, 'url' | 'clock'>): Ask {
    const connection = openConnection({ url, clock, ...options });
    connections.push(connection);
    return createAsk(connection);
  }

  beforeAll(async () => {
    const { username = '', password = '' } = server?.security ?? {};
    admin = asking({ auth: { username, password }, tls: { caFile } });
    const api = '/_plugins/_security/api';
    const role = JSON.parse(readFileSync(ROLE_FILE, 'utf8')) as object;
    await admin({ method: 'PUT', path: `${api}/roles/chatwarden-logs`, body: role });
    const body = { password: user.password, opendistro_security_roles: ['chatwarden-logs'] };
    await admin({ method: 'PUT', path: `${api}/internalusers/${user.username}`, body });
    await admin({ method: 'PUT', path: '/billing/_doc/1', body: { amount: 1 } });
    store = createOpenSearchLogStore({ url, auth: user, tls: { caFile }, clock, keepDays: 7, log: silent });
  });

  afterAll(async () => {
    await store?.close();
    for (const connection of connections) await connection.close();
    await server?.remove();
  });

  it('installs, writes, searches, counts, refreshes and drops with the role that is shipped', async () => {
    expect((await store.install()).template).toBe('created');
    const outcomes = await store.write([aVerdictEvent(), aVerdictEvent({ id: 'old', at: NOON - 3 * DAY_MS })]);
    expect(outcomes.map((outcome) => outcome.result)).toEqual(['created', 'created']);
    await store.refresh();
    expect((await store.search({ limit: 10 })).events).toHaveLength(2);
    expect(await store.hourly({ from: NOON, to: NOON + DAY_MS })).toHaveLength(1);
    expect(await store.aggregate({ by: 'check', limit: 1 })).toEqual([{ name: 'links', count: 2 }]);
    expect(await store.dropOldDays(NOON, 1)).toEqual(['2026-11-21']);
    expect(await store.overdueDays(NOON, 1)).toEqual([]);
    expect((await store.search({ limit: 10 })).events).toHaveLength(1);
  });

  const forbidden: [string, Parameters<Ask>[0]][] = [
    ['read an index of others', { method: 'GET', path: '/billing/_search' }],
    ['write into an index of others', { method: 'PUT', path: '/billing/_doc/2', body: {} }],
    ['make an index of another name', { method: 'PUT', path: '/logs-of-mine' }],
    ['delete an index of others', { method: 'DELETE', path: '/billing' }],
    ['change a document', { method: 'POST', path: '/logs-alertd-2026.11.24/_update/1', body: { doc: {} } }],
    ['change settings of an index', { method: 'PUT', path: '/logs-alertd-2026.11.24/_settings', body: SETTINGS }],
    ['change settings of the cluster', { method: 'PUT', path: '/_cluster/settings', body: { transient: SETTINGS } }],
    ['make users', { method: 'PUT', path: '/_plugins/_security/api/internalusers/x', body: { password: 'x' } }],
  ];
  it.each(forbidden)('may not %s', async (_, question) => {
    const ask = asking({ auth: user, tls: { caFile } });
    await expect(ask(question)).rejects.toMatchObject({ code: 'opensearchForbidden', retry: 'later' });
  });

  it('is refused without the right password, and keeps its documents', async () => {
    const auth = { ...user, password: 'wrong' };
    const errors: string[] = [];
    const log = { ...silent, error: (_: object, message: string) => void errors.push(message) };
    const refused = createOpenSearchLogStore({ url, auth, tls: { caFile }, clock, keepDays: 7, log });
    await expect(refused.search({ limit: 1 })).rejects.toMatchObject({ code: 'opensearchForbidden' });
    const gone = new AbortController();
    const line = Buffer.from('{}');
    const writing = refused.writeDocuments([{ id: '1', index: 'logs-alertd-2026.11.24', line }], gone.signal);
    await expect.poll(() => errors.length, { timeout: 20_000 }).toBe(1);
    gone.abort();
    await expect(writing).rejects.toMatchObject({ retry: 'later' });
    expect(errors).toEqual(['OpenSearch refuses us; documents are kept and wait']);
    await refused.close();
  });

  it('talks to nobody whose certificate it cannot check', async () => {
    const health: Parameters<Ask>[0] = { method: 'GET', path: '/_cluster/health' };
    const untrusting = asking({ auth: user });
    await expect(untrusting(health)).rejects.toMatchObject({
      code: 'opensearchAway',
      message: expect.stringContaining('self-signed certificate'),
    });
    const elsewhere = asking({ auth: user, tls: { caFile, serverName: 'somewhere.example' } });
    await expect(elsewhere(health)).rejects.toMatchObject({ message: expect.stringContaining('altnames') });
  });
});
