import { chownSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseAccount, freePort, letThrough } from '@chatwarden/postgres-server';
import { jvmOptions, OPENSEARCH_HEAP } from '../jvm-options.ts';
import { openSearchAnswers } from '../opensearch-answers.ts';
import type { OpenSearchOptions, OpenSearchServer } from '../server.ts';
import { OPENSEARCH, OPENSEARCH_2, type OpenSearchRelease } from '../versions.ts';
import { fits, pickJava, type Java } from './java.ts';
import { createProcessServer } from './process-server.ts';
import type { PackageOptions } from './kafka-package.ts';
import { LOG_SETTINGS, openSearchArgs } from './opensearch-command.ts';
import { prepareOpenSearch, secretsOf } from './opensearch-package.ts';
import { securitySettings, USERNAME, writeUsers } from './opensearch-security.ts';
import { makeServerFolder } from './server-folder.ts';

export interface StartOpenSearch extends Omit<PackageOptions, 'java'>, OpenSearchOptions {
  javas: readonly Java[];
}

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
  const server = createProcessServer({
    name: `OpenSearch ${release.version}`,
    folder,
    account,
    program: join(java.home, 'bin', 'java'),
    args: [
      ...jvmOptions(OPENSEARCH_HEAP, options.forLoad),
      ...openSearchArgs({
        home: join(installed, 'home'),
        config: join(folder, 'config'),
        temporary: join(folder, 'tmp'),
        version: release.version,
        java,
      }),
    ],
    env: { HOME: join(folder, 'tmp') },
    isReady: () => openSearchAnswers(url, access.security),
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
