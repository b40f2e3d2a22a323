import { chownSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';
import { join } from 'node:path';
import { chooseAccount, freePort, letThrough } from '@chatwarden/postgres-server';
import type { OpenSearchOptions, OpenSearchServer } from '../server.ts';
import { OPENSEARCH, OPENSEARCH_2, type OpenSearchRelease } from '../versions.ts';
import { fits, pickJava, type Java } from './java.ts';
import { createJvmServer } from './jvm-server.ts';
import type { PackageOptions } from './kafka-package.ts';
import { prepareOpenSearch, secretsOf } from './opensearch-package.ts';
import { securitySettings, USERNAME, writeUsers } from './opensearch-security.ts';
import { makeServerFolder } from './server-folder.ts';

export interface StartOpenSearch extends Omit<PackageOptions, 'java'>, OpenSearchOptions {
  javas: readonly Java[];
}

const HEAP = '512m';

/** 3.x where there is a Java for it; what has the security plugin is 2.x. */
export function chooseRelease(javas: readonly Java[], security: boolean): { release: OpenSearchRelease; java: Java } {
  const isModern = javas.some(({ major }) => fits(major, OPENSEARCH.java));
  const release = isModern && !security ? OPENSEARCH : OPENSEARCH_2;
  const what = `OpenSearch ${release.version}${security ? ' with its security plugin' : ''}`;
  return { release, java: pickJava(javas, release.java, what) };
}

/** A cluster of one node, running. */
export async function startOpenSearch(options: StartOpenSearch): Promise<OpenSearchServer> {
  const { javas, security = false, env, say } = options;
  const { release, java } = chooseRelease(javas, security);
  const installed = await prepareOpenSearch({ release, java, security, env, say });
  const folder = makeServerFolder('opensearch');
  const [port, transportPort] = [await freePort(), await freePort()];
  const password = security ? readFileSync(join(secretsOf(installed).folder, 'password'), 'utf8') : undefined;
  configure({ folder, installed, port, transportPort, password });
  const account = await accountFor(folder, [installed, java.home]);
  const url = `${security ? 'https' : 'http'}://127.0.0.1:${port}`;
  const access = password === undefined ? {} : { security: accessTo(installed, password) };
  const server = createJvmServer({
    name: `OpenSearch ${release.version}`,
    folder,
    account,
    ...commandOf({ folder, home: join(installed, 'home'), java, version: release.version }),
    isReady: () => answers(url, access.security),
  });
  await server.start();
  return { ...server, url, version: release.version, ...access };
}

function accessTo(installed: string, password: string): NonNullable<OpenSearchServer['security']> {
  return { username: USERNAME, password, caFile: join(secretsOf(installed).folder, 'ca.pem') };
}

/** It refuses root, as PostgreSQL does, and so shares PostgreSQL's account. */
async function accountFor(folder: string, paths: string[]) {
  const chosen = await chooseAccount({ clusterDir: join(folder, 'none'), uid: process.getuid?.() ?? -1 });
  const account = await letThrough({ account: chosen, paths, log: () => undefined });
  if (account !== undefined) giveTo(account, folder);
  return account;
}

function giveTo(account: { uid: number; gid: number }, folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    chownSync(join(folder, entry), account.uid, account.gid);
  }
}

interface Configuration {
  folder: string;
  installed: string;
  port: number;
  transportPort: number;
  password: string | undefined;
}

function configure({ folder, installed, port, transportPort, password }: Configuration): void {
  for (const name of ['config', 'data', 'logs', 'tmp']) mkdirSync(join(folder, name));
  const config = join(folder, 'config');
  const settings = `cluster.name: chatwarden-tests
node.name: node
discovery.type: single-node
network.host: 127.0.0.1
http.port: ${port}
transport.port: ${transportPort}
path.data: ${join(folder, 'data')}
path.logs: ${join(folder, 'logs')}
cluster.routing.allocation.disk.threshold_enabled: false
`;
  writeFileSync(join(config, 'opensearch.yml'), settings + (password === undefined ? '' : securitySettings(password)));
  writeFileSync(join(config, 'log4j2.properties'), LOG_SETTINGS);
  if (password !== undefined) writeUsers(config, secretsOf(installed));
}

const LOG_SETTINGS = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
`;

interface Command {
  folder: string;
  home: string;
  java: Java;
  version: string;
}

const JVM_OPTIONS = `-Xms${HEAP} -Xmx${HEAP} -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Xss1m
  -Djava.awt.headless=true -Dfile.encoding=UTF-8 -Djna.nosys=true -Djava.locale.providers=SPI,CLDR
  -Dio.netty.noUnsafe=true -Dio.netty.noKeySetOptimization=true -Dio.netty.allocator.numDirectArenas=0
  -Dio.netty.recycler.maxCapacityPerThread=0 -Dlog4j.shutdownHookEnabled=false -Dlog4j2.disable.jmx=true
  -Dopensearch.distribution.type=zip -Dopensearch.bundled_jdk=false`.split(/\s+/);

/** What bin/opensearch would run in the end, after starting Java twice to find that out. */
function commandOf({ folder, home, java, version }: Command) {
  const args = [
    ...JVM_OPTIONS,
    ...(version.startsWith('2.') ? securityManager(java) : agent(home)),
    `-Djava.io.tmpdir=${join(folder, 'tmp')}`,
    `-Dopensearch.path.home=${home}`,
    `-Dopensearch.path.conf=${join(folder, 'config')}`,
    '-cp',
    join(home, 'lib', '*'),
    'org.opensearch.bootstrap.OpenSearch',
  ];
  return { program: join(java.home, 'bin', 'java'), args, env: { HOME: join(folder, 'tmp') } };
}

/** Java 18 and newer set none up at run time unless told. */
function securityManager({ major }: Java): string[] {
  return major >= 18 ? ['-Djava.security.manager=allow'] : [];
}

function agent(home: string): string[] {
  return [
    '--add-modules=jdk.incubator.vector',
    `-javaagent:${join(home, 'agent', 'opensearch-agent.jar')}`,
    '--add-opens=java.base/java.nio=org.apache.arrow.memory.core,ALL-UNNAMED',
  ];
}

/** Whether its cluster is up, for a user when there are users. */
function answers(url: string, security: OpenSearchServer['security']): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const options = security && {
    auth: `${security.username}:${security.password}`,
    ca: readFileSync(security.caFile),
  };
  const get = security ? getSecure : getPlain;
  const request = get(`${url}/_cluster/health`, { ...options, timeout: 3000, agent: false }, (response) => {
    response.resume();
    resolve(response.statusCode === 200);
  });
  request.once('timeout', () => request.destroy());
  request.once('error', () => resolve(false));
  return promise;
}
