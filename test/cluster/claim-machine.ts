// One node per machine, and nothing of it left when the run ends, however it ends: beside the run stands a shell that waits
// on a pipe from us, as beside every server of the tests, and cleans up when the pipe breaks.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanUp, podGroups, readState } from './clean-up.ts';
import { FIXED_FOLDERS, placeIn, STATE_FILE, type Place } from './place.ts';

export interface Claim {
  place: Place;
  /** Cleans up now. */
  release(): Promise<void>;
}

const GUARD = 'read -r _ && exit; sleep 1; exec "$0" "$1"';

export async function claimMachine(say: (line: string) => void): Promise<Claim> {
  await takeOver(say);
  const folder = mkdtempSync(join(tmpdir(), 'chatwarden-node-'));
  const place = placeIn(folder);
  mkdirSync(place.logs);
  const state = { folder, pid: process.pid, madeFolders: FIXED_FOLDERS.filter((fixed) => !existsSync(fixed)) };
  writeFileSync(STATE_FILE, JSON.stringify(state));
  // A session of its own: a Ctrl-C in the terminal would end it before us.
  const args = ['-c', GUARD, process.execPath, join(import.meta.dirname, 'clean-up.ts')];
  const shell = spawn('/bin/sh', args, { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  shell.stdin.on('error', () => undefined);
  shell.unref();
  const release = async () => {
    await cleanUp(state);
    shell.stdin.end('done\n');
  };
  return { place, release };
}

async function takeOver(say: (line: string) => void): Promise<void> {
  const before = readState();
  if (before !== undefined) {
    if (existsSync(`/proc/${before.pid}`)) {
      throw new Error(`process ${before.pid} runs a cluster on this machine already, in ${before.folder}`);
    }
    say(`cleaning up after process ${before.pid}, which was killed`);
    await cleanUp(before);
  }
  if (podGroups().length > 0) throw new Error('another kubelet runs on this machine: it has control groups of pods');
}
