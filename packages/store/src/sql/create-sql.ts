import type pg from 'pg';
import type { Sql, Statements } from './sql.ts';
import { isContention, toFailure } from './to-failure.ts';

/** Two batches that lock each other out differ in timing the next time. */
const TRIES_MAX = 3;

export function createSql(pool: pg.Pool): Sql {
  return {
    query: (name, text, values) => again(() => statementsOf(pool).query(name, text, values)),
    transaction: (work) => again(() => inTransaction(pool, work)),
  };
}

function statementsOf(client: pg.Pool | pg.PoolClient): Statements {
  return {
    async query<Row extends object>(name: string, text: string, values: readonly unknown[]) {
      const { rows } = await client.query<Row>({ name, text, values: [...values] });
      return rows;
    },
  };
}

async function inTransaction<T>(pool: pg.Pool, work: (statements: Statements) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(statementsOf(client));
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    // A connection that cannot even roll back is of no use to anybody.
    const broken = await client.query('rollback').then(
      () => false,
      () => true,
    );
    client.release(broken);
    throw error;
  }
}

async function again<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (!isContention(error) || tries === TRIES_MAX) throw toFailure(error);
    }
  }
}
