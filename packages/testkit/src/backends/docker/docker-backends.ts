// Servers in containers of the standard images. Ports of this machine are chosen here and not by the engine, which would
// choose others when a container is started again.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@chatwarden/postgres-server';
import { GenericContainer, getContainerRuntimeClient, type StartedTestContainer } from 'testcontainers';
import { jvmOptions, KAFKA_HEAP, OPENSEARCH_HEAP } from '../jvm-options.ts';
import { serverSettings, settingsEnvironment } from '../kafka-settings.ts';
import { startKubernetes } from '../kubernetes/kubernetes.ts';
import { openSearchAnswers } from '../opensearch-answers.ts';
import { MissingTool, type Backends, type OpenSearchServer } from '../server.ts';
import { KAFKA, OPENSEARCH, OPENSEARCH_2, POSTGRES } from '../versions.ts';
import { createContainerServer, NoWait } from './container-server.ts';

/** Needs an engine that answers: see findEngine. */
export function createDockerBackends(): Backends {
  const servers = { kafka: startKafka, openSearch: startOpenSearch, postgres: startPostgres };
  // Its own processes are as much a cluster as containers would be.
  const kubernetes = (options = {}) => startKubernetes({ ...options, env: process.env, say: console.log });
  return { name: 'docker', ...servers, kubernetes };
}

const KAFKA_PORT = 9092;
const OPENSEARCH_PORT = 9200;
const POSTGRES_PORT = 5432;

function refuseHost(host: string | undefined): void {
  if (host !== undefined) throw new Error(`only local servers can be reached at an address of choice, such as ${host}`);
}

const startKafka: Backends['kafka'] = async ({ forLoad, host: wanted, security } = {}) => {
  refuseHost(wanted);
  if (security) throw new MissingTool('Kafka with TLS, logins and ACLs runs as a local process only');
  const { host, port } = await freeAddress();
  const settings = serverSettings({
    data: '/var/lib/kafka/data',
    host,
    port,
    controllerPort: 9093,
    listen: `0.0.0.0:${KAFKA_PORT}`,
  });
  const [min, max, ...others] = jvmOptions(KAFKA_HEAP, forLoad);
  const ready = 'Kafka Server started';
  const container = await new GenericContainer(KAFKA.image)
    .withEnvironment({
      ...settingsEnvironment(settings),
      KAFKA_HEAP_OPTS: `${min} ${max}`,
      KAFKA_JVM_PERFORMANCE_OPTS: others.join(' '),
    })
    .withExposedPorts({ container: KAFKA_PORT, host: port })
    .withWaitStrategy(new NoWait())
    .start();
  const isReady = (printed: string) => printed.includes(ready);
  const server = await createContainerServer({ name: KAFKA.image, container, isReady });
  return { ...server, brokers: `${host}:${port}` };
};

const startOpenSearch: Backends['openSearch'] = async ({ security = false, forLoad } = {}) => {
  const { host, port } = await freeAddress();
  const release = security ? OPENSEARCH_2 : OPENSEARCH;
  // The image refuses a password that it finds weak.
  const password = `Test-${randomBytes(12).toString('hex')}-Pass`;
  const container = await new GenericContainer(release.image)
    .withEnvironment({
      'discovery.type': 'single-node',
      'cluster.routing.allocation.disk.threshold_enabled': 'false',
      OPENSEARCH_JAVA_OPTS: jvmOptions(OPENSEARCH_HEAP, forLoad).join(' '),
      ...(security ? { OPENSEARCH_INITIAL_ADMIN_PASSWORD: password } : WITHOUT_SECURITY),
    })
    .withExposedPorts({ container: OPENSEARCH_PORT, host: port })
    .withWaitStrategy(new NoWait())
    .start();
  const url = `${security ? 'https' : 'http'}://${host}:${port}`;
  const access = security ? await accessTo(container, password) : undefined;
  const isReady = () => openSearchAnswers(url, access?.security);
  const server = await createContainerServer({ name: release.image, container, isReady });
  const remove = async () => {
    await server.remove();
    access?.forget();
  };
  return { ...server, remove, url, version: release.version, ...(access && { security: access.security }) };
};

const WITHOUT_SECURITY = { DISABLE_SECURITY_PLUGIN: 'true', DISABLE_INSTALL_DEMO_CONFIG: 'true' };

/** The image makes its own certificates; whom to trust stands in a file inside. */
async function accessTo(container: StartedTestContainer, password: string) {
  const { output } = await container.exec(['cat', '/usr/share/opensearch/config/root-ca.pem']);
  const folder = mkdtempSync(join(tmpdir(), 'chatwarden-test-opensearch-ca-'));
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, output);
  const security: OpenSearchServer['security'] = { username: 'admin', password, caFile };
  return { security, forget: () => rmSync(folder, { recursive: true, force: true }) };
}

const startPostgres: Backends['postgres'] = async ({ forLoad = false, host: wanted } = {}) => {
  refuseHost(wanted);
  const { host, port } = await freeAddress();
  const password = randomBytes(12).toString('hex');
  const fast = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];
  const container = await new GenericContainer(POSTGRES.image)
    .withEnvironment({ POSTGRES_USER: 'chatwarden', POSTGRES_PASSWORD: password, POSTGRES_DB: 'chatwarden' })
    .withCommand(['postgres', ...(forLoad ? [] : fast)])
    .withExposedPorts({ container: POSTGRES_PORT, host: port })
    .withWaitStrategy(new NoWait())
    .start();
  // While it makes its data the image runs a server that listens nowhere; that one gets ready as well.
  const isReady = (printed: string) => /listening on IPv4 address[^]*ready to accept connections/.test(printed);
  const server = await createContainerServer({ name: POSTGRES.image, container, isReady });
  return { ...server, url: `postgres://chatwarden:${password}@${host}:${port}/chatwarden` };
};

async function freeAddress(): Promise<{ host: string; port: number }> {
  const { info } = await getContainerRuntimeClient();
  return { host: info.containerRuntime.host, port: await freePort() };
}
