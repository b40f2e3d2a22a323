// Under root, the programs or the data may lie below a folder that the server's account can't enter, such as /root. Then,
// and only then, the programs are started with CAP_DAC_READ_SEARCH, by which a process searches every folder and reads
// every file but writes none. The account stays as it is and owns the data. Where that does not help (no setpriv, no such
// capability in this container), nothing changes, and the later checks name the folder to open.
import { firstClosedFolder } from './data-folder.ts';
import { runCommand, type Account, type RunCommand } from './run-command.ts';

export interface Passage {
  /** Undefined when we are not root: nothing can be granted then. */
  account: Account | undefined;
  /** What the account must reach. */
  paths: string[];
  log: (line: string) => void;
  run?: RunCommand;
}

/** Returns the account, enabled to pass closed folders if one is in its way and this helps. */
export async function letThrough({ account, paths, log, run = runCommand }: Passage): Promise<Account | undefined> {
  if (account === undefined) return undefined;
  const closed = await firstClosed(paths, account, run);
  if (closed === undefined) return account;
  const enabled = { ...account, passesClosedFolders: true };
  // Tried rather than deduced: a system can lack the program, the capability or the right to hand it on.
  const stillClosed = await firstClosed(paths, enabled, run).catch(() => closed);
  if (stillClosed !== undefined) return account;
  log(
    `PostgreSQL runs as user "${account.name}" with CAP_DAC_READ_SEARCH, ` +
      `because the folder ${closed} lets no stranger through`,
  );
  return enabled;
}

async function firstClosed(paths: string[], account: Account, run: RunCommand): Promise<string | undefined> {
  for (const path of paths) {
    const closed = await firstClosedFolder(path, account, run);
    if (closed !== undefined) return closed;
  }
  return undefined;
}
