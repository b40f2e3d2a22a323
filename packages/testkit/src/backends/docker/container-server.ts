// One server as a container. Testcontainers makes it and takes it away; in between it is stopped, killed and started
// again through the engine, as its process would be.
import { Buffer } from 'node:buffer';
import { setTimeout as delay } from 'node:timers/promises';
import { getContainerRuntimeClient, StartupCheckStrategy, type StartedTestContainer } from 'testcontainers';
import type { Server } from '../server.ts';

export interface ContainerServerOptions {
  /** For people: "Kafka 4.4.0". */
  name: string;
  container: StartedTestContainer;
  /** Whether it answers. `printed` is what it has printed since it was started. */
  isReady(printed: string): boolean | Promise<boolean>;
}

const POLL_MS = 100;
const READY_DEADLINE_MS = 180_000;
const STOP_SECONDS = 30;
const LINES_SHOWN = 30;

/** For Testcontainers, which forgets the log of a server that does not start: the waiting is done here. */
export class NoWait extends StartupCheckStrategy {
  override async checkStartupState() {
    return 'SUCCESS' as const;
  }
}

/** Resolves when the server in the container answers. */
export async function createContainerServer(options: ContainerServerOptions): Promise<Server> {
  const client = await getContainerRuntimeClient();
  const container = client.container.getById(options.container.getId());
  const printed = async () => withoutHeaders(await container.logs({ stdout: true, stderr: true, follow: false }));
  const isRunning = async () => (await container.inspect()).State.Running;

  const untilReady = async (logStart: number) => {
    const deadline = performance.now() + READY_DEADLINE_MS;
    while (performance.now() < deadline) {
      const isAlive = await isRunning();
      if (isAlive && (await options.isReady((await printed()).slice(logStart)))) return;
      if (!isAlive) break;
      await delay(POLL_MS);
    }
    throw new Error(`${options.name} did not start. Its log ends so:\n${lastLines(await printed())}`);
  };
  const stop = async () => {
    if (await isRunning()) await container.stop({ t: STOP_SECONDS });
  };
  const start = async () => {
    await stop();
    const { length } = await printed();
    await container.start();
    await untilReady(length);
  };
  const kill = async () => {
    if (!(await isRunning())) return;
    await container.kill({ signal: 'SIGKILL' });
    await container.wait({ condition: 'not-running' });
  };
  const remove = async () => {
    await kill();
    await container.remove({ force: true, v: true });
  };
  await untilReady(0).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  return {
    pid: () => undefined,
    start,
    stop,
    kill,
    remove,
    logTail: async (count) => lastLines(await printed(), count),
  };
}

/** Source: "Stream format" of POST /containers/{id}/attach in the API of Docker: 8 bytes before each piece. */
function withoutHeaders(logs: Buffer): string {
  const pieces: Buffer[] = [];
  for (let at = 0; at + 8 <= logs.length;) {
    const size = logs.readUInt32BE(at + 4);
    pieces.push(logs.subarray(at + 8, at + 8 + size));
    at += 8 + size;
  }
  return Buffer.concat(pieces).toString();
}

function lastLines(text: string, count = LINES_SHOWN): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
