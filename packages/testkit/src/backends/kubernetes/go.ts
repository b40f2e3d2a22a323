// Programs from Go modules, by the user's own `go` with the user's own settings (proxies, module and build cache).
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MissingTool } from '../server.ts';
import { GO_MIN } from '../versions.ts';

export interface GoBuild {
  /** Folder of a go.mod. */
  module: string;
  /** Import path of the program. */
  program: string;
  /** The file to be written. */
  to: string;
  /** `-X` of the linker: values of string variables by their full name. */
  variables?: Record<string, string>;
  /** For what Go prints. */
  workFolder: string;
  /** For people. */
  what: string;
  env: NodeJS.ProcessEnv;
  say(line: string): void;
}

const STILL_AT_IT_MS = 20_000;
const LINES_SHOWN = 15;
const run = promisify(execFile);

export function requireGo(env: NodeJS.ProcessEnv): void {
  const { status, stdout } = spawnSync('go', ['env', 'GOVERSION'], { env, encoding: 'utf8' });
  const found = status === 0 ? stdout.trim() : undefined;
  if (found !== undefined && isNewEnough(found)) return;
  const min = `${GO_MIN.major}.${GO_MIN.minor}`;
  const state = found === undefined ? 'Go is missing' : `${found} is too old (${min} or newer is needed)`;
  throw new MissingTool(
    `${state}, which builds the Kubernetes that tests need. ` +
      'Install it with "sudo apt-get install golang-go" (Debian 13 or newer), elsewhere from https://go.dev/dl.',
  );
}

/** `found` is such as "go1.26.8". */
export function isNewEnough(found: string): boolean {
  const [major = 0, minor = 0] = found.replace(/^go/, '').split('.').map(Number);
  return major > GO_MIN.major || (major === GO_MIN.major && minor >= GO_MIN.minor);
}

/** One static program, the same bytes from the same sources wherever it is built. */
export async function goBuild(build: GoBuild): Promise<void> {
  const { module, program, to, variables = {}, workFolder, what, env, say } = build;
  const logFile = join(workFolder, 'go.log');
  const log = openSync(logFile, 'w');
  const startedAt = performance.now();
  const stillAtIt = setInterval(() => {
    say(`${what}: still building (${((performance.now() - startedAt) / 1000).toFixed(0)} s)`);
  }, STILL_AT_IT_MS);
  const values = Object.entries(variables).map(([name, value]) => `-X ${name}=${value}`);
  const args = ['build', '-trimpath', '-ldflags', ['-s -w', ...values].join(' '), '-o', to, program];
  try {
    const child = spawn('go', args, { cwd: module, env: { ...env, ...OURS }, stdio: ['ignore', log, log] });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code === 0) return;
  } finally {
    clearInterval(stillAtIt);
    closeSync(log);
  }
  const tail = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-LINES_SHOWN).join('\n');
  throw new Error(`Go could not build ${program}. It needs a module proxy (GOPROXY) for its first time:\n${tail}`);
}

/** Where the sources of a module stand, which are downloaded when they are not there. */
export async function moduleFolder(module: string, path: string, env: NodeJS.ProcessEnv): Promise<string> {
  const options = { cwd: module, env: { ...env, ...OURS } };
  await run('go', ['mod', 'download', path], options);
  const { stdout } = await run('go', ['list', '-m', '-f', '{{.Dir}}', path], options);
  return stdout.trim();
}

const OURS = { CGO_ENABLED: '0', GOWORK: 'off' };
