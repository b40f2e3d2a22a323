import { copyFile, mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const CHECKOUT = join(import.meta.dirname, '../..');

/** Workspaces of the fixture; each gets an index.ts, and a link in node_modules as npm makes it. */
const PACKAGES =
  'contracts keys detector bus store kube daemon training logstore postgres-server fake-telegram testkit'.split(' ');
const SERVICES = 'bot alertd standalone'.split(' ');
const WORKSPACES = [
  ...PACKAGES.map((name) => `packages/${name}`),
  ...SERVICES.map((name) => `services/${name}`),
  'operator',
];

/** A throwaway checkout with our configuration files, our folders and the given files. Returns its path. */
export async function createFixtureTree(files: Record<string, string>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'chatwarden-rules-'));
  for (const folder of WORKSPACES) {
    const name = folder.split('/').at(-1) ?? '';
    await writeInto(root, `${folder}/package.json`, `{"name":"@chatwarden/${name}","exports":"./src/index.ts"}`);
    await writeInto(root, `${folder}/src/index.ts`, `export const ${name.replace('-', '_')} = 1;\n`);
    await mkdir(join(root, 'node_modules/@chatwarden'), { recursive: true });
    await symlink(join(root, folder), join(root, 'node_modules/@chatwarden', name));
  }
  // The linter reads types only when tsconfig.json finds those that it names.
  await symlink(join(CHECKOUT, 'node_modules/@types'), join(root, 'node_modules/@types'));
  for (const [path, text] of Object.entries(files)) await writeInto(root, path, text);
  for (const config of ['.dependency-cruiser.mjs', '.oxlintrc.json', 'tsconfig.json']) {
    await copyFile(join(CHECKOUT, config), join(root, config));
  }
  return root;
}

async function writeInto(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}
