/**
 * One Kafka and one OpenSearch for a whole test run: those of TEST_KAFKA_BROKERS and TEST_OPENSEARCH_URL, or of the test
 * backends. Where this machine lacks what they need, the reason is provided instead, and their tests are skipped with it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { chooseBackends, MissingTool, type Server } from './backends/index.ts';
import { startForAll, type ForAll } from './start-for-all.ts';

export interface Missing {
  /** What is missing, and the command that installs it. */
  missing: string;
}

interface Provided<T> {
  value: T | Missing;
  server?: Pick<Server, 'remove' | 'logTail'>;
}

export const sharedKafka = share<{ brokers: string }>('kafka', async () => {
  const given = process.env['TEST_KAFKA_BROKERS'];
  if (given !== undefined) return { value: { brokers: given } };
  const server = await (await chooseBackends(process.env)).kafka();
  return { value: { brokers: server.brokers }, server };
});

export const sharedOpenSearch = share<{ url: string }>('opensearch', async () => {
  const given = process.env['TEST_OPENSEARCH_URL'];
  if (given !== undefined) return { value: { url: given } };
  const server = await (await chooseBackends(process.env)).openSearch();
  return { value: { url: server.url }, server };
});

export function share<T>(name: string, start: () => Promise<Provided<T>>): ForAll<Provided<T>> {
  const startOrTell = async (): Promise<Provided<T>> => {
    try {
      return await start();
    } catch (error) {
      if (!(error instanceof MissingTool)) throw error;
      console.log(error.message);
      return { value: { missing: error.message } };
    }
  };
  return startForAll(startOrTell, async ({ server }) => {
    if (server !== undefined && process.exitCode) await keepLog(name, server);
    await server?.remove();
  });
}

const LOG_FOLDER = '.cache/test-logs';

/** After a run with failures: what the server said may be why. */
async function keepLog(name: string, server: Pick<Server, 'logTail'>): Promise<void> {
  mkdirSync(LOG_FOLDER, { recursive: true });
  const file = `${LOG_FOLDER}/${name}.log`;
  writeFileSync(file, await server.logTail(Number.POSITIVE_INFINITY));
  console.log(`tests failed; the log of ${name} is kept in ${file} and ends so:\n${await server.logTail()}`);
}
