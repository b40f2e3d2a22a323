// Kafka as it stands in the cache: its jars, and a formatted data folder that every new server begins with.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KAFKA } from '../versions.ts';
import type { Java } from './java.ts';
import { download } from './maven.ts';
import { cacheFolder, prepareOnce } from './prepare-once.ts';

export interface PackageOptions {
  java: Java;
  env: NodeJS.ProcessEnv;
  say(line: string): void;
}

/** Counts up when what is made below changes without a new version. */
const RECIPE = 1;
/** Any 16 bytes in base64; no two of these servers ever meet. */
const CLUSTER_ID = 'Q2hhdHdhcmRlblRlc3RzIQ';

/** Returns the folder: `libs`, `formatted`, `log4j2.properties`. */
export async function prepareKafka({ java, env, say }: PackageOptions): Promise<string> {
  const what = `Kafka ${KAFKA.version}`;
  return prepareOnce({
    what,
    folder: cacheFolder(`kafka-${KAFKA.version}-${RECIPE}`, env),
    say,
    make: async (folder) => {
      const libs = join(folder, 'libs');
      say(`${what}: downloading 45 MB`);
      const log = { group: 'org.apache.logging.log4j', version: KAFKA.log4j };
      const artifacts = [
        { group: 'org.apache.kafka', name: `kafka_${KAFKA.scala}`, version: KAFKA.version },
        { ...log, name: 'log4j-core' },
        { ...log, name: 'log4j-slf4j-impl' },
      ];
      const workFolder = join(folder, 'maven');
      await download({ jars: { artifacts, to: libs }, workFolder, java, env, say });
      rmSync(workFolder, { recursive: true });
      writeFileSync(join(folder, 'log4j2.properties'), LOG_SETTINGS);
      format(folder, java);
    },
  });
}

const LOG_SETTINGS = `status=error
appender.out.type=Console
appender.out.name=out
appender.out.layout.type=PatternLayout
appender.out.layout.pattern=[%d] %p %m (%c)%n%throwable
rootLogger.level=INFO
rootLogger.appenderRef.out.ref=out
`;

function format(folder: string, java: Java): void {
  const settings = join(folder, 'format.properties');
  mkdirSync(join(folder, 'formatted'));
  writeFileSync(settings, serverSettings({ data: join(folder, 'formatted'), port: 1, controllerPort: 2 }));
  const args = [
    '-cp',
    join(folder, 'libs', '*'),
    'kafka.tools.StorageTool',
    'format',
    '-t',
    CLUSTER_ID,
    '-c',
    settings,
  ];
  const { status, stdout, stderr } = spawnSync(join(java.home, 'bin', 'java'), ['-Xmx128m', ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`Kafka could not format its data folder:\n${stdout}${stderr}`);
}

export interface ServerSettings {
  data: string;
  port: number;
  controllerPort: number;
}

/** One node that is broker and controller at once, for one machine. */
export function serverSettings({ data, port, controllerPort }: ServerSettings): string {
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=${data}
num.partitions=1
auto.create.topics.enable=false
default.replication.factor=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
group.initial.rebalance.delay.ms=0
log.cleaner.dedupe.buffer.size=16777216
`;
}
