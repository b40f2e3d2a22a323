import pg from 'pg';

/** Runs one statement on a connection of its own. */
export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

/** Connects and stays; `ended` resolves when the server ends the connection. */
export async function connect(url: string): Promise<{ ended: Promise<void> }> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  return { ended: new Promise((resolve) => client.once('end', () => resolve())) };
}
