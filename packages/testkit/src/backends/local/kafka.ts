import { randomBytes } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@chatwarden/postgres-server';
import { jvmOptions, KAFKA_HEAP } from '../jvm-options.ts';
import type { KafkaOptions, KafkaSecurity, KafkaServer } from '../server.ts';
import { KAFKA } from '../versions.ts';
import { createProcessServer } from './process-server.ts';
import { serverSettings, settingsLines, type ServerSettings } from '../kafka-settings.ts';
import { setAcls } from './kafka-acls.ts';
import { formatData, prepareKafka, type PackageOptions } from './kafka-package.ts';
import { plainLogin, secureKafka, withAdmin, type SecuredKafka, type SecuredSettings } from './kafka-security.ts';
import { makeServerFolder } from './server-folder.ts';

export interface StartKafka extends PackageOptions, KafkaOptions {}

const READY = 'Kafka Server started';

/** A broker of one node, running. */
export async function startKafka(options: StartKafka): Promise<KafkaServer> {
  const installed = await prepareKafka(options);
  const folder = makeServerFolder('kafka');
  const { host = '127.0.0.1', security } = options;
  const [port, controllerPort, tlsPort] = [await freePort(), await freePort(), await freePort()];
  const place = { data: join(folder, 'data'), host, port, controllerPort };
  const settings = join(folder, 'server.properties');
  const access = security
    ? beginSecured({ ...place, folder, tlsPort, users: security.users }, { ...options, installed, settings })
    : beginOpen(place, { installed, settings });
  const server = createProcessServer({
    name: `Kafka ${KAFKA.version}`,
    folder,
    ...commandOf(options, installed, settings),
    env: {},
    isReady: (printed) => printed.includes(READY),
  });
  await server.start();
  const started = { ...server, brokers: `${host}:${port}` };
  if (access === undefined) return started;
  const setPassword = async (username: string, password: string) => {
    await server.stop();
    access.write(username, password);
    await server.start();
  };
  const { caFile, username, password } = access.security;
  const door = { brokers: started.brokers, ca: readFileSync(caFile, 'utf8'), username, password };
  const setAclsOf: KafkaSecurity['setAcls'] = (user, acls) => setAcls(door, user, acls);
  return { ...started, security: { ...access.security, setPassword, setAcls: setAclsOf } };
}

interface Beginning {
  installed: string;
  /** Path of its settings. */
  settings: string;
}

function beginOpen(place: ServerSettings, { installed, settings }: Beginning): undefined {
  cpSync(join(installed, 'formatted'), place.data, { recursive: true });
  writeFileSync(settings, settingsLines(serverSettings(place)));
}

interface Secured {
  security: SecuredKafka['access'];
  write(username: string, password: string): void;
}

/** Users of SCRAM are part of its data, and so it is formatted for them. */
function beginSecured(place: SecuredSettings, { installed, settings, java }: Beginning & PackageOptions): Secured {
  const users = withAdmin(place.users, randomBytes(12).toString('hex'));
  const secured = secureKafka({ ...place, users });
  writeFileSync(settings, settingsLines(secured.settings));
  formatData({ libs: join(installed, 'libs'), java, settings, more: secured.formatArgs });
  const write = (username: string, password: string) => {
    users[username] = password;
    writeFileSync(settings, settingsLines({ ...secured.settings, ...plainLogin(users) }));
  };
  return { security: secured.access, write };
}

function commandOf({ java, forLoad }: StartKafka, installed: string, settings: string) {
  const log = `-Dlog4j2.configurationFile=${join(installed, 'log4j2.properties')}`;
  const main = ['-cp', join(installed, 'libs', '*'), 'kafka.Kafka', settings];
  return { program: join(java.home, 'bin', 'java'), args: [...jvmOptions(KAFKA_HEAP, forLoad), log, ...main] };
}
