// Kafka as it stands in the cache: its jars, and a formatted data folder that every new server begins with.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverSettings, settingsLines } from '../kafka-settings.ts';
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
      formatAsIs(folder, java);
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

/** Without users; servers begin with a copy of it. */
function formatAsIs(folder: string, java: Java): void {
  const settings = join(folder, 'format.properties');
  mkdirSync(join(folder, 'formatted'));
  writeFileSync(
    settings,
    settingsLines(serverSettings({ data: join(folder, 'formatted'), port: 1, controllerPort: 2 })),
  );
  formatData({ libs: join(folder, 'libs'), java, settings });
}

export interface FormatOptions {
  libs: string;
  java: Java;
  /** Path of a file that names the data folder. */
  settings: string;
  /** More arguments, such as users. */
  more?: readonly string[];
}

export function formatData({ libs, java, settings, more = [] }: FormatOptions): void {
  const tool = ['-cp', join(libs, '*'), 'kafka.tools.StorageTool', 'format'];
  const args = ['-Xmx128m', ...tool, '-t', CLUSTER_ID, '-c', settings, ...more];
  const { status, stdout, stderr } = spawnSync(join(java.home, 'bin', 'java'), args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`Kafka could not format its data folder:\n${stdout}${stderr}`);
}
