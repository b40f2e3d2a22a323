/** The tarball, unpacked into a project of somebody else. Its dependencies are links to ours, so that no network is needed. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { pack } from '../packaging/pack.ts';

/** Compilers and npm start slowly on a busy machine. */
const PATIENCE_MS = 180_000;

const run = promisify(execFile);
const require = createRequire(import.meta.url);

interface Manifest {
  bin: { 'fake-telegram': string };
  dependencies: Record<string, string>;
}

let temporary: string;
let project: string;
let installed: string;
let manifest: Manifest;

beforeAll(async () => {
  temporary = await realpath(await mkdtemp(join(tmpdir(), 'fake-telegram-test-')));
  project = join(temporary, 'project');
  installed = join(project, 'node_modules/@chatwarden/fake-telegram');
  await mkdir(installed, { recursive: true });
  const tarball = await pack(join(temporary, 'tarballs'));
  await run('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as Manifest;
  for (const name of Object.keys(manifest.dependencies)) await linkDependency(name);
  await writeFile(join(project, 'package.json'), '{ "type": "module" }');
}, PATIENCE_MS);

afterAll(() => rm(temporary, { recursive: true, force: true }));

async function linkDependency(name: string): Promise<void> {
  const link = join(project, 'node_modules', name);
  await mkdir(dirname(link), { recursive: true });
  await symlink(dirname(require.resolve(`${name}/package.json`)), link);
}

function startBin(...flags: string[]) {
  const child = spawn(process.execPath, [join(installed, manifest.bin['fake-telegram']), ...flags], { cwd: project });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

describe('the packed package', { timeout: PATIENCE_MS }, () => {
  it('starts by its bin, serves the Bot API and the page, and stops when told', async () => {
    const child = startBin('--port', '0', '--token', '77:x');
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const apiRoot = line.replace('Bot API root: ', '');

    const me = await fetch(`${apiRoot}/bot77:x/getMe`);
    expect(await me.json()).toMatchObject({ ok: true, result: { id: 77, is_bot: true } });
    expect(await (await fetch(`${apiRoot}/`)).text()).toContain('<script src="/page.js"');
    expect((await fetch(`${apiRoot}/page.js`)).status).toBe(200);

    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('says on standard error which flag is wrong, and fails', async () => {
    const child = startBin('--prot', '1');
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(complaint).toBe("fake-telegram: Unknown option '--prot'\n--help tells the flags.\n");
  });

  it('is imported from JavaScript', async () => {
    const script = `
      import { createFakeTelegram } from '@chatwarden/fake-telegram';
      const fake = createFakeTelegram({ bots: [{ token: '77:x' }] });
      console.log(fake.human.users()[0].id);`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: project });
    expect(stdout).toBe('77\n');
  });

  it('has types, which a wrong use does not pass', async () => {
    const script = `
      import { createFakeTelegram } from '@chatwarden/fake-telegram';
      const fake = createFakeTelegram({ limits: 'none' });
      export const name: string = fake.human.addUser({ first_name: 'Olga' }).first_name;
      // @ts-expect-error: there is no such kind of fault
      fake.faults.add({ fault: { kind: 'nonsense' } });`;
    await writeFile(join(project, 'use.ts'), script);
    const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', 'use.ts'];
    const tsc = require.resolve('typescript/bin/tsc');
    const compiled = run(process.execPath, [tsc, ...flags], { cwd: project });
    // A failed compilation rejects with what it printed.
    const { stdout } = await compiled.catch((error: { stdout: string }) => error);
    expect(stdout).toBe('');
  });

  it('has what README.md names, and neither sources nor tests of its own', async () => {
    const files = await readdir(installed, { recursive: true });
    const compiled = files.filter((file) => file.startsWith('dist/'));
    expect(compiled).toContain('dist/index.js');
    expect(compiled.filter((file) => /(?<!\.d)\.ts$|\.test\./.test(file))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'examples/no-links-bot.test.ts']));
  });
});
