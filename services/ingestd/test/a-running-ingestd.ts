/** The commands of ingestd in the frame of a process, on the Kafka and the OpenSearch of the test run. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { readConfig, runService, silentLogger, systemClock, type ServiceDefinition } from '@chatwarden/daemon';
import { logIndex, openConnection, openOpenSearch, openOpenSearchSpans } from '@chatwarden/logstore';
import { testKafka } from '@chatwarden/testkit/kafka';
import { testOpenSearch } from '@chatwarden/testkit/opensearch';
import { vi } from 'vitest';
import { REPLAY } from '../src/commands/replay.ts';
import { RUN } from '../src/commands/run.ts';
import { IngestdProcessConfig } from '../src/config.ts';

const clock = systemClock();
const patiently = { timeout: 25_000, interval: 100 };

type Command = ServiceDefinition<IngestdProcessConfig>;

/** Both roles, tracing all into itself; resolves when it is ready. */
export async function aRunningIngestd() {
  const [port, healthPort] = [await aFreePort(), await aFreePort()];
  const { brokers, prefix } = testKafka();
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    KAFKA_BROKERS: brokers,
    KAFKA_PREFIX: prefix,
    KAFKA_REPLICATION: '1',
    OPENSEARCH_URL: testOpenSearch().url,
    OPENSEARCH_PREFIX: prefix,
    LOG_LEVEL: 'error',
  };
  const own = { INGEST_PORT: String(port), HEALTH_PORT: String(healthPort), TRACE_URL: url, TRACE_RATIO: '1' };
  const enough = Promise.withResolvers<void>();
  const exit = run(RUN, { ...settings, ...own }, enough.promise);
  const config = readConfig(IngestdProcessConfig, settings);
  const deps = { clock, log: silentLogger(), keepDays: 7 };
  const [logStore, spanStore] = [openOpenSearch(config, deps), openOpenSearchSpans(config, deps)];
  const search = openConnection({ url: config.OPENSEARCH_URL, clock });
  await vi.waitUntil(() => answers(`http://127.0.0.1:${healthPort}/readyz`), patiently);

  /** Rejects when what was opened does not close. */
  async function stop(): Promise<void> {
    enough.resolve();
    await Promise.all([logStore.close(), spanStore.close(), search.close()]);
    const code = await exit;
    if (code !== 0) throw new Error(`the process ended with ${code}`);
  }

  return {
    logStore,
    spanStore,
    post: (path: string, contentType: string, body: string) =>
      fetch(url + path, { method: 'POST', headers: { 'content-type': contentType }, body }),
    /** Resolves to its exit code, when it has ended by itself. */
    replay: () => run(REPLAY, { ...settings, HEALTH_PORT: '0' }),
    /** Of a service today. */
    index: (service: string) => `/${logIndex(service, new Date().toISOString().slice(0, 10), prefix)}`,
    ask: async (method: 'PUT' | 'DELETE', path: string, body?: object) =>
      (await search.request({ method, path, ...(body ? { body: JSON.stringify(body) } : {}) })).status,
    stop,
  };
}

export type RunningIngestd = Awaited<ReturnType<typeof aRunningIngestd>>;

/** As main.ts does, but for the environment, and an end that needs no signal. */
function run(command: Command, env: Record<string, string>, enough?: Promise<void>): Promise<number> {
  return runService<IngestdProcessConfig>(
    {
      ...command,
      readConfig: () => readConfig(IngestdProcessConfig, env),
      start: async (frame) => {
        const work = [(await command.start(frame))?.work, enough].filter((one) => one !== undefined);
        return { work: Promise.race(work) };
      },
    },
    [],
  );
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function aFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
