import { onTestFinished } from 'vitest';
import { startPostgres, type RunningPostgres, type StartPostgresOptions } from '../src/index.ts';

/** A running server that is stopped after the test. */
export async function aServer(options: StartPostgresOptions): Promise<RunningPostgres> {
  const server = await startPostgres(options);
  onTestFinished(() => server.stop());
  return server;
}
