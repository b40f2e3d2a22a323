// A control plane as processes of this machine: etcd, the API server and the controllers. Nothing runs pods; objects,
// schemas, permissions, garbage collection, Deployments down to their pods' objects and autoscalers are the real ones.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@chatwarden/postgres-server';
import { makeServerFolder } from '../local/server-folder.ts';
import { createProcessServer } from '../local/process-server.ts';
import type { KubernetesOptions, KubernetesServer, Server } from '../server.ts';
import { KUBERNETES } from '../versions.ts';
import { ask } from './ask.ts';
import { CONTROL_PLANE, prepareBinaries, type Surroundings } from './binaries.ts';
import { AUTHORITY, createAuthority, makeSigningKeys, type Authority, type Identity } from './certificates.ts';
import {
  apiServerArgs,
  controllerManagerArgs,
  etcdArgs,
  FRONT_PROXY,
  KUBERNETES_SERVICE,
  type Place,
} from './commands.ts';
import { createKubectl } from './kubectl.ts';
import { writeKubeconfig } from './kubeconfig.ts';

export interface StartKubernetes extends KubernetesOptions, Surroundings {}

const ADMINISTRATORS = 'system:masters';
const POLL_MS = 50;
const ACCOUNTS_DEADLINE_MS = 60_000;

type Programs = Record<(typeof CONTROL_PLANE)[number], string>;

/** Running, with its controllers. */
export async function startKubernetes({ env, say, ...options }: StartKubernetes): Promise<KubernetesServer> {
  const programs = await prepareBinaries(CONTROL_PLANE, { env, say });
  const place = await choosePlace(options);
  const url = `https://${place.address}:${place.ports.apiServer}`;
  const authority = writeSecrets(place, url);
  const parts = createParts(programs, place, url);
  const whole = asOne(parts, url, place.folder);
  const kubeconfig = join(place.folder, 'admin.kubeconfig');
  const kubeconfigFor = (identity: Identity) => {
    const file = join(place.folder, `user-${randomBytes(6).toString('hex')}.kubeconfig`);
    return writeKubeconfig(file, { url, ca: authority.certificate, user: authority.issue(identity) });
  };
  const server = {
    ...whole,
    ...parts,
    url,
    kubeconfig,
    folder: place.folder,
    kubectlProgram: programs.kubectl,
    kubectl: createKubectl({
      program: programs.kubectl,
      kubeconfig,
      cacheFolder: join(place.folder, 'kubectl'),
    }),
    kubeconfigFor,
    issue: authority.issue,
  };
  await server.start().catch(async (error: unknown) => {
    await server.kill();
    throw error;
  });
  return server;
}

async function choosePlace({ address = '127.0.0.1', more }: KubernetesOptions): Promise<Place> {
  const folder = makeServerFolder('kubernetes');
  mkdirSync(join(folder, 'etcd'), { mode: 0o700 });
  const ports = {
    etcd: await freePort(),
    etcdPeer: await freePort(),
    apiServer: await freePort(),
    controllerManager: await freePort(),
  };
  return { folder, address, ports, ...(more && { more }) };
}

function writeSecrets({ folder, address }: Place, url: string): Authority {
  const authority = createAuthority(AUTHORITY);
  const names = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc'];
  const serves = ['localhost', ...names, '127.0.0.1', KUBERNETES_SERVICE, address];
  const issued = {
    ca: authority,
    'api-server': authority.issue({ name: 'kube-apiserver', serves }),
    'front-proxy': authority.issue({ name: FRONT_PROXY }),
    'controller-manager': authority.issue({ name: 'system:kube-controller-manager' }),
    admin: authority.issue({ name: 'admin', groups: [ADMINISTRATORS] }),
  };
  const mode = 0o600;
  for (const [name, { certificate, key }] of Object.entries(issued)) {
    writeFileSync(join(folder, `${name}.pem`), certificate);
    writeFileSync(join(folder, `${name}.key`), key, { mode });
  }
  for (const name of ['controller-manager', 'admin'] as const) {
    writeKubeconfig(join(folder, `${name}.kubeconfig`), { url, ca: authority.certificate, user: issued[name] });
  }
  const { publicKey, privateKey } = makeSigningKeys();
  writeFileSync(join(folder, 'service-accounts.pub'), publicKey);
  writeFileSync(join(folder, 'service-accounts.key'), privateKey, { mode });
  return authority;
}

type Parts = Record<'etcd' | 'apiServer' | 'controllerManager', Server>;

function createParts(programs: Programs, place: Place, url: string): Parts {
  const { folder, ports } = place;
  const ca = readFileSync(join(folder, 'ca.pem'), 'utf8');
  const part = (program: keyof Programs, args: string[], isReady: () => Promise<boolean>): Server =>
    createProcessServer({
      name: `${program} ${program === 'etcd' ? KUBERNETES.etcd : KUBERNETES.version}`,
      folder,
      logName: `${program}.log`,
      program: programs[program],
      args,
      env: {},
      isReady,
    });
  const answersWell = (at: string) => async () => (await ask({ url: at, ca })) === 200;
  return {
    etcd: part('etcd', etcdArgs(place), async () => (await fetchStatus(ports.etcd)) === 200),
    apiServer: part('kube-apiserver', apiServerArgs(place), answersWell(`${url}/readyz`)),
    controllerManager: part(
      'kube-controller-manager',
      controllerManagerArgs(place),
      answersWell(`https://127.0.0.1:${ports.controllerManager}/healthz`),
    ),
  };
}

async function fetchStatus(etcdPort: number): Promise<number> {
  return fetch(`http://127.0.0.1:${etcdPort}/readyz`).then(
    ({ status }) => status,
    () => 0,
  );
}

/** The three as one server: started in order, stopped in reverse. */
function asOne({ etcd, apiServer, controllerManager }: Parts, url: string, folder: string): Server {
  const inOrder = [etcd, apiServer, controllerManager];
  const stop = async () => {
    for (const part of inOrder.toReversed()) await part.stop();
  };
  const kill = async () => void (await Promise.all(inOrder.map((part) => part.kill())));
  return {
    pid: () => apiServer.pid(),
    stop,
    kill,
    start: async () => {
      await stop();
      for (const part of inOrder) await part.start();
      await untilAccountsAreMade(url, folder);
    },
    remove: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
    logTail: async (lines) => (await Promise.all(inOrder.map((part) => part.logTail(lines)))).join('\n\n'),
  };
}

/** By then the controllers work: one of them makes the account `default` of every namespace. */
async function untilAccountsAreMade(url: string, folder: string): Promise<void> {
  const [ca, certificate, key] = ['ca.pem', 'admin.pem', 'admin.key'].map((file) =>
    readFileSync(join(folder, file), 'utf8'),
  ) as [string, string, string];
  const account = `${url}/api/v1/namespaces/default/serviceaccounts/default`;
  const deadline = performance.now() + ACCOUNTS_DEADLINE_MS;
  while ((await ask({ url: account, ca, as: { certificate, key } })) !== 200) {
    if (performance.now() > deadline) throw new Error(`no controller of Kubernetes works, see the logs in ${folder}`);
    await delay(POLL_MS);
  }
}
