import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFolder, aProgram } from '../test/a-folder.ts';
import { launchUntilReady, type LaunchPlan } from './launch-until-ready.ts';

/** A server that says `refusal` and exits at its first start, and is ready at its second. */
function aPlan(refusal: string, plan: Partial<LaunchPlan> = {}) {
  const started = join(aFolder(), 'started');
  const program = aProgram(`
    if [ -e ${started} ]; then echo "database system is ready to accept connections" >&2; exec sleep 600; fi
    touch ${started}
    echo '${refusal}' >&2; exit 1`);
  const defaults: LaunchPlan = {
    program,
    clusterDir: '/data',
    account: undefined,
    log: () => undefined,
    port: 0,
    settings: {},
  };
  return { plan: { ...defaults, ...plan }, started };
}

const HELD = 'FATAL:  lock file "postmaster.pid" already exists';
const BUSY = 'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use';

describe('launchUntilReady', () => {
  it.each([
    ['a killed server is not reaped yet', HELD],
    ['children of a killed server still hold memory', 'FATAL:  pre-existing shared memory block is still in use'],
    ['the free port was taken by another process', BUSY],
  ])('tries again while %s', async (_, refusal) => {
    const { server } = await launchUntilReady(aPlan(refusal).plan);
    await server.stop();
    expect(await server.exited).toEqual({ code: null, signal: 'SIGINT' });
  });

  it('gives up in the end, saying what holds the folder', async () => {
    const launched = launchUntilReady(aPlan(HELD, { heldTriesMax: 1 }).plan);
    await expect(launched).rejects.toMatchObject({ code: 'folder-held', message: expect.stringContaining('/data') });
  });

  it('does not go to another port than the one it was given', async () => {
    const launched = launchUntilReady(aPlan(BUSY, { port: 5999 }).plan);
    await expect(launched).rejects.toMatchObject({ code: 'port-busy', message: expect.stringContaining('5999') });
  });

  it('takes every other refusal for final', async () => {
    const { plan, started } = aPlan('FATAL:  could not load a library');
    const launched = launchUntilReady(plan);
    await expect(launched).rejects.toMatchObject({
      code: 'start-failed',
      message: expect.stringContaining('a library'),
    });
    expect(existsSync(started)).toBe(true);
  });
});
