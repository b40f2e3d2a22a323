import { readdirSync } from 'node:fs';
import { manualClock } from '@chatwarden/testkit';
import { createTestDatabase } from '@chatwarden/testkit/postgres';
import { describe, expect, it, onTestFinished } from 'vitest';
import { migrate } from './migrate.ts';
import { openStore } from './open-store.ts';

const ALL = readdirSync(`${import.meta.dirname}/../migrations`).length;

async function anEmptyDatabase(): Promise<string> {
  const { url, drop } = await createTestDatabase({ empty: true });
  onTestFinished(drop);
  return url;
}

describe('migrate', () => {
  it('makes all tables once, and nothing the second time', async () => {
    const url = await anEmptyDatabase();
    expect(await migrate(url)).toHaveLength(ALL);
    expect(await migrate(url)).toEqual([]);
    const store = await openStore({ url, clock: manualClock() });
    expect(await store.settings.settingsSince(0)).toEqual({
      revision: 0,
      groups: [],
      routes: [],
      gates: [],
      erased: [],
    });
    await store.close();
  });

  it('lets one of several processes do the work while the others wait', async () => {
    const url = await anEmptyDatabase();
    const runs = await Promise.all([migrate(url), migrate(url), migrate(url)]);
    expect(runs.map((run) => run.length).sort((a, b) => a - b)).toEqual([0, 0, ALL]);
  });

  it('says what it does', async () => {
    const lines: string[] = [];
    await migrate(await anEmptyDatabase(), (line) => lines.push(line));
    expect(lines.join('\n')).toContain('0001-groups-and-settings');
  });

  it('comes back later when the database is away', async () => {
    const away = migrate('postgres://nobody:x@127.0.0.1:1/none');
    await expect(away).rejects.toMatchObject({ code: 'postgresAway', retry: 'later' });
  });
});
