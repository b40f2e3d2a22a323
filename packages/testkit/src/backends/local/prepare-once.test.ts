import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cacheFolder, prepareOnce, type Preparation } from './prepare-once.ts';

function aPlace(): string {
  const parent = mkdtempSync(join(tmpdir(), 'chatwarden-prepare-'));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  return join(parent, 'thing-1');
}

function aPreparation(facts: Partial<Preparation> = {}): Preparation & { said: string[] } {
  const said: string[] = [];
  return {
    said,
    what: 'Thing 1',
    folder: aPlace(),
    make: async (folder) => writeFileSync(join(folder, 'file'), 'whole'),
    say: (line) => said.push(line),
    ...facts,
  };
}

describe('a long preparation', () => {
  it('is made once for two who ask at the same time, and the second says that it waits', async () => {
    const { promise: mayEnd, resolve: letEnd } = Promise.withResolvers<void>();
    let made = 0;
    const first = aPreparation({
      make: async (folder) => {
        made += 1;
        await mayEnd;
        writeFileSync(join(folder, 'file'), 'whole');
      },
    });
    const second = aPreparation({ folder: first.folder, make: first.make });
    const both = [prepareOnce(first), prepareOnce(second)];
    expect(existsSync(first.folder)).toBe(false);
    letEnd();
    expect(await Promise.all(both)).toEqual([first.folder, first.folder]);
    expect(made).toBe(1);
    expect(second.said).toEqual(['Thing 1: waiting for another run that prepares it']);
    expect(readFileSync(join(first.folder, 'file'), 'utf8')).toBe('whole');
  });

  it('says what it does, and nothing when all is there', async () => {
    const first = aPreparation();
    await prepareOnce(first);
    expect(first.said[0]).toBe('Thing 1: preparing it, once for this machine');
    expect(first.said.at(-1)).toContain(`kept in ${first.folder}`);
    const second = aPreparation({ folder: first.folder });
    await prepareOnce(second);
    expect(second.said).toEqual([]);
  });

  it('leaves nothing at its place when it fails, and is made anew the next time', async () => {
    const failing = aPreparation({ make: () => Promise.reject(new Error('no network')) });
    await expect(prepareOnce(failing)).rejects.toThrow('no network');
    expect(existsSync(failing.folder)).toBe(false);
    await prepareOnce(aPreparation({ folder: failing.folder }));
    expect(readdirSync(failing.folder)).toEqual(['file']);
  });

  it('takes over from a run that was killed in the middle', async () => {
    const { folder, ...rest } = aPreparation();
    mkdirSync(`${folder}.unfinished`, { recursive: true });
    writeFileSync(join(`${folder}.unfinished`, 'half'), '');
    mkdirSync(`${folder}.locks`);
    writeFileSync(join(`${folder}.locks`, 'owner.1.lock'), JSON.stringify({ pid: 1, start: 'another boot/1' }));
    await prepareOnce({ folder, ...rest });
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it("stands below the user's cache folder", () => {
    expect(cacheFolder('kafka-1', { XDG_CACHE_HOME: '/cache' })).toBe('/cache/chatwarden/servers/kafka-1');
    expect(cacheFolder('kafka-1', { XDG_CACHE_HOME: '' })).toMatch(/\/\.cache\/chatwarden\/servers\/kafka-1$/);
  });
});
