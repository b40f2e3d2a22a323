/** The journal's client and ingestd's door, each real, over a connection. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createIngestPoster } from '@chatwarden/alertd';
import type { LogEvent } from '@chatwarden/contracts';
import { createMetrics, readConfig, silentLogger, systemClock } from '@chatwarden/daemon';
import { createLogStoreDurable, IngestdConfig, makeKey, wire } from '@chatwarden/ingestd';
import type { ItemOutcome } from '@chatwarden/logstore';
import { aVerdictEvent } from '@chatwarden/logstore/contract';
import { expect, it, onTestFinished } from 'vitest';

const clock = systemClock();
const events = (count: number) =>
  Array.from({ length: count }, (_, id) => aVerdictEvent({ at: clock.now(), id: `${id}` }));

/** A store that keeps what it gets. */
function aStore() {
  const written = new Map<string, LogEvent>();
  const write = async (given: readonly unknown[]): Promise<ItemOutcome[]> =>
    (given as LogEvent[]).map((event) => {
      const result = written.has(event.event.id) ? 'duplicate' : 'created';
      written.set(event.event.id, event);
      return { id: event.event.id, result };
    });
  return { written, write };
}

async function aDoor() {
  const folder = mkdtempSync(join(tmpdir(), 'journal-door-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { key, entry } = makeKey(['alertd'], { moderation: true });
  const path = join(folder, 'keys.json');
  writeFileSync(path, JSON.stringify({ keys: [entry] }));
  const store = aStore();
  const metrics = createMetrics({ service: { name: 'ingestd' } });
  const ports = { durable: createLogStoreDurable(store), clock, log: silentLogger(), metrics, keepDays: 7 };
  const config = readConfig(IngestdConfig, { INGEST_PORT: '0', INGEST_KEYS_FILE: path, INGEST_EVENTS_MAX: '100' });
  const door = await wire(ports, config);
  onTestFinished(() => door.close());
  const { url } = await door.listen();
  return { url, key, written: store.written };
}

it('events arrive as they were, packed or not, in as many requests as the door wants', async () => {
  const { url, key, written } = await aDoor();
  const poster = createIngestPoster({ url, key, clock });
  const [one, many] = [events(1), events(250)];
  expect(await poster.write(one)).toEqual([{ id: one[0]?.event.id, result: 'created' }]);
  const outcomes = await poster.write(many);
  expect(outcomes.map(({ id, result }) => [id, result])).toEqual(many.map(({ event }) => [event.id, 'created']));
  expect([...written.values()]).toEqual(many);
});

it('an event that the door refuses costs only itself, and says why', async () => {
  const { url, key, written } = await aDoor();
  const old = aVerdictEvent({ at: clock.now() - 30 * 86_400_000, id: 'old' });
  const outcomes = await createIngestPoster({ url, key, clock }).write([old, ...events(2)]);
  expect(outcomes[0]).toMatchObject({ result: 'refused', reason: expect.stringContaining('older than the kept days') });
  expect(written.size).toBe(2);
});

it('a key that is not known means later, never a loss', async () => {
  const { url, written } = await aDoor();
  const poster = createIngestPoster({ url, key: makeKey(['alertd']).key, clock });
  await expect(poster.write(events(1))).rejects.toMatchObject({ code: 'ingestAway', retry: 'later' });
  expect(written.size).toBe(0);
});
