import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@chatwarden/postgres-server';
import { jvmOptions, KAFKA_HEAP } from '../jvm-options.ts';
import type { KafkaOptions, KafkaServer } from '../server.ts';
import { KAFKA } from '../versions.ts';
import { createProcessServer } from './process-server.ts';
import { serverSettings, settingsLines } from '../kafka-settings.ts';
import { prepareKafka, type PackageOptions } from './kafka-package.ts';
import { makeServerFolder } from './server-folder.ts';

export interface StartKafka extends PackageOptions, KafkaOptions {}

const READY = 'Kafka Server started';

/** A broker of one node, running. */
export async function startKafka(options: StartKafka): Promise<KafkaServer> {
  const installed = await prepareKafka(options);
  const folder = makeServerFolder('kafka');
  const data = join(folder, 'data');
  const settings = join(folder, 'server.properties');
  const [port, controllerPort] = [await freePort(), await freePort()];
  cpSync(join(installed, 'formatted'), data, { recursive: true });
  const { host = '127.0.0.1' } = options;
  writeFileSync(settings, settingsLines(serverSettings({ data, host, port, controllerPort })));
  const server = createProcessServer({
    name: `Kafka ${KAFKA.version}`,
    folder,
    ...commandOf(options, installed, settings),
    env: {},
    isReady: (printed) => printed.includes(READY),
  });
  await server.start();
  return { ...server, brokers: `${host}:${port}` };
}

function commandOf({ java, forLoad }: StartKafka, installed: string, settings: string) {
  const log = `-Dlog4j2.configurationFile=${join(installed, 'log4j2.properties')}`;
  const main = ['-cp', join(installed, 'libs', '*'), 'kafka.Kafka', settings];
  return { program: join(java.home, 'bin', 'java'), args: [...jvmOptions(KAFKA_HEAP, forLoad), log, ...main] };
}
