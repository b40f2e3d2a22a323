import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { docker, importImage } from './docker-cli.ts';
import { standIns } from './stand-ins.ts';

/** A registry that can be reached sends the largest image within this; one that can't says so at once or never. */
const PULL_DEADLINE_MS = 300_000;
const SEARCHABLE_BY_ALL = 0o755;

export interface Images {
  env: NodeJS.ProcessEnv;
  say(line: string): void;
}

/**
 * Sees to it that the engine has every image that tests ask for: there already, pulled, or built here as a stand-in when
 * no registry answers. Says whether any is a stand-in.
 */
export async function ensureImages(options: Images): Promise<{ standIns: boolean }> {
  let canPull = true;
  let built = false;
  for (const { image, build } of standIns(options)) {
    if (await docker(['image', 'inspect', image])) continue;
    if (canPull) {
      options.say(`${image}: pulling it`);
      canPull = await docker(['pull', '--quiet', image], PULL_DEADLINE_MS);
    }
    if (canPull) continue;
    options.say(`${image}: no registry answers, so a stand-in is built of the same server`);
    const folder = mkdtempSync(join(tmpdir(), 'chatwarden-image-'));
    chmodSync(folder, SEARCHABLE_BY_ALL);
    try {
      await importImage(await build(folder));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    built = true;
  }
  return { standIns: built };
}
