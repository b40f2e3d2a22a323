/**
 * Makes the package as others get it. Node strips no types below node_modules, so what runs here from `src` is compiled
 * into `dist`, and package.json says so: its `publishConfig` replaces the fields of the same name, as in pnpm.
 */
import { execFile } from 'node:child_process';
import { copyFile, cp, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const PACKAGE = join(import.meta.dirname, '..');
const REPOSITORY = join(PACKAGE, '../..');

/** What only the workspace needs. */
const WORKSPACE_FIELDS = ['private', 'scripts', 'devDependencies', 'publishConfig'];

/** Fills an empty folder. */
export async function stage(folder: string): Promise<void> {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const dist = join(folder, 'dist');
  await run(process.execPath, [tsc, '--project', join(import.meta.dirname, 'tsconfig.json'), '--outDir', dist]);
  // The page is no TypeScript.
  await cp(join(PACKAGE, 'src/page'), join(dist, 'page'), {
    recursive: true,
    filter: (file) => extname(file) !== '.ts',
  });
  await cp(join(PACKAGE, 'examples'), join(folder, 'examples'), { recursive: true });
  await copyFile(join(PACKAGE, 'README.md'), join(folder, 'README.md'));
  await copyFile(join(REPOSITORY, 'LICENSE'), join(folder, 'LICENSE'));
  const manifest = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8')) as Record<string, unknown>;
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(toPublished(manifest), null, 2)}\n`);
}

function toPublished(manifest: Record<string, unknown>): Record<string, unknown> {
  const published = { ...manifest, ...(manifest['publishConfig'] as object) };
  return Object.fromEntries(Object.entries(published).filter(([field]) => !WORKSPACE_FIELDS.includes(field)));
}
