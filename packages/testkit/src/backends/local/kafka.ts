import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@chatwarden/postgres-server';
import type { KafkaServer } from '../server.ts';
import { KAFKA } from '../versions.ts';
import type { Java } from './java.ts';
import { createJvmServer } from './jvm-server.ts';
import { prepareKafka, serverSettings, type PackageOptions } from './kafka-package.ts';
import { makeServerFolder } from './server-folder.ts';

const HEAP = '384m';
/** Short runs: the second compiler would cost more than it brings. */
const JVM_OPTIONS = [`-Xms${HEAP}`, `-Xmx${HEAP}`, '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];
const READY = 'Kafka Server started';

/** A broker of one node, running. */
export async function startKafka(options: PackageOptions): Promise<KafkaServer> {
  const installed = await prepareKafka(options);
  const folder = makeServerFolder('kafka');
  const data = join(folder, 'data');
  const settings = join(folder, 'server.properties');
  const [port, controllerPort] = [await freePort(), await freePort()];
  cpSync(join(installed, 'formatted'), data, { recursive: true });
  writeFileSync(settings, serverSettings({ data, port, controllerPort }));
  const server = createJvmServer({
    name: `Kafka ${KAFKA.version}`,
    folder,
    ...commandOf(options.java, installed, settings),
    env: {},
    isReady: (printed) => printed.includes(READY),
  });
  await server.start();
  return { ...server, brokers: `127.0.0.1:${port}` };
}

function commandOf(java: Java, installed: string, settings: string) {
  const log = `-Dlog4j2.configurationFile=${join(installed, 'log4j2.properties')}`;
  const main = ['-cp', join(installed, 'libs', '*'), 'kafka.Kafka', settings];
  return { program: join(java.home, 'bin', 'java'), args: [...JVM_OPTIONS, log, ...main] };
}
