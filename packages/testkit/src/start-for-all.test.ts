import { describe, expect, it } from 'vitest';
import { startForAll } from './start-for-all.ts';

describe('something that all projects share', () => {
  it('starts for the first and ends with the last', async () => {
    const happened: string[] = [];
    const { use, leave } = startForAll(
      async () => {
        happened.push('start');
        return 'server';
      },
      async (value) => void happened.push(`end of ${value}`),
    );
    expect(await Promise.all([use(), use()])).toEqual(['server', 'server']);
    await leave();
    expect(happened).toEqual(['start']);
    await leave();
    expect(happened).toEqual(['start', 'end of server']);
    await use();
    expect(happened).toEqual(['start', 'end of server', 'start']);
  });
});
