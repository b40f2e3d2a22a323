// The data folder and who may enter it. PostgreSQL refuses to run as root, so under root its programs run under an
// account of their own, and that account must be able to enter every folder above its data ("x" for others is enough;
// it need not read them). Folders that we make are opened to it; other people's folders are left as they are.
import { accessSync, chmodSync, chownSync, constants, mkdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { PostgresServerError } from './postgres-server-error.ts';
import { runCommand, type Account, type RunCommand } from './run-command.ts';

const SEARCHABLE_BY_ALL = 0o711;
const SEARCHABLE_BY_GROUP = 0o710;

/** Makes the folder if need be, sees to it that the account can enter it, and returns its real path. */
export async function prepareDataFolder(dataDir: string, account: Account | undefined): Promise<string> {
  const made = await makeFolder(resolve(dataDir));
  const folder = realpathSync(dataDir);
  if (account === undefined) {
    requireWritable(folder);
    return folder;
  }
  if (made !== undefined) openParents(realpathSync(made), folder);
  await requireEnterable(dirname(folder), account);
  if (made !== undefined || !(await canEnter(folder, account))) {
    chownSync(folder, statSync(folder).uid, account.gid);
    chmodSync(folder, SEARCHABLE_BY_GROUP);
  }
  return folder;
}

/** Throws, naming the first folder on the way to `path` that the account can't enter and the command that mends it. */
export async function requireEnterable(path: string, account: Account | undefined): Promise<void> {
  const folder = await firstClosedFolder(path, account);
  if (folder === undefined) return;
  const who = account ? `user "${account.name}", under which PostgreSQL runs` : 'this user';
  throw new PostgresServerError(
    'folder-not-usable',
    `${path} can't be reached by ${who}: the folder ${folder} lets no stranger through. ` +
      `Run "chmod o+x ${folder}", or keep it in another place.`,
  );
}

/** The first folder on the way to `path` that the account can't enter. */
export async function firstClosedFolder(
  path: string,
  account: Account | undefined,
  run: RunCommand = runCommand,
): Promise<string | undefined> {
  const folders = foldersAbove(path);
  // Whoever can enter the innermost has come through all others.
  if (await canEnter(folders.at(-1) ?? '/', account, run)) return undefined;
  for (const folder of folders) if (!(await canEnter(folder, account, run))) return folder;
  return undefined;
}

/** The real path of the folder that holds the data folder, or of the nearest existing one above it. */
export function folderAbove(dataDir: string): string {
  const path = resolve(dataDir);
  const innermost = foldersAbove(path).at(-1) ?? '/';
  return innermost === path ? dirname(realpathSync(path)) : realpathSync(innermost);
}

async function canEnter(folder: string, account: Account | undefined, run = runCommand): Promise<boolean> {
  if (account === undefined) return mayAccess(folder, constants.X_OK);
  // Asked as that user, since mode bits alone would overlook access lists.
  const { code } = await run('test', ['-x', folder], { account });
  return code === 0;
}

function mayAccess(folder: string, mode: number): boolean {
  try {
    accessSync(folder, mode);
    return true;
  } catch {
    return false;
  }
}

/** The existing folders on the way to the path, from the root down, the path itself included when it is a folder. */
function foldersAbove(path: string): string[] {
  const parent = dirname(path);
  const above = parent === path ? [] : foldersAbove(parent);
  return isFolder(path) ? [...above, path] : above;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Returns the topmost folder that had to be made, or undefined when all was there. */
async function makeFolder(folder: string): Promise<string | undefined> {
  try {
    return mkdirSync(folder, { recursive: true });
  } catch (cause) {
    await requireEnterable(dirname(folder), undefined);
    throw new PostgresServerError(
      'folder-not-usable',
      `The data folder ${folder} can't be made: ${(cause as Error).message}. ` +
        'Give this user the right to, or choose another data folder.',
      { cause },
    );
  }
}

function requireWritable(folder: string): void {
  if (mayAccess(folder, constants.W_OK | constants.X_OK)) return;
  throw new PostgresServerError(
    'folder-not-usable',
    `The data folder ${folder} belongs to another user and can't be written. ` +
      'Run as the user that made it, or choose another data folder.',
  );
}

/** Opens the folders that we made above the data folder, which a strict umask may have closed. */
function openParents(topmost: string, folder: string): void {
  for (let parent = dirname(folder); parent.startsWith(topmost); parent = dirname(parent)) {
    chmodSync(parent, SEARCHABLE_BY_ALL);
  }
}
