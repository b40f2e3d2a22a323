import pg from 'pg';

export interface DatabaseOptions {
  name: string;
  /** A database that nobody is connected to, to copy. */
  template?: string;
}

/** For tests and tools: makes a database beside the one of `adminUrl`, and resolves to its url. */
export async function createDatabase(adminUrl: string, { name, template }: DatabaseOptions): Promise<string> {
  const copied = template === undefined ? '' : ` template ${pg.escapeIdentifier(template)}`;
  await administer(adminUrl, `create database ${pg.escapeIdentifier(name)}${copied}`);
  const url = new URL(adminUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}

/** Ends its sessions as well. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await administer(adminUrl, `drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
}

async function administer(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
