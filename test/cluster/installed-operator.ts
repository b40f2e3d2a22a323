// The operator as it is shipped: its own objects, two pods of an image made here. Only where the API server is, is told by
// hand, since nothing on this node leads the address of a Service anywhere.
import { readdirSync, readFileSync } from 'node:fs';
import { telegramGroupCrd } from '@chatwarden/contracts';
import { buildClusterInstall } from '@chatwarden/operator';
import type { Kubectl } from '@chatwarden/testkit/backends/parts';

export const OPERATOR_IMAGE = 'localhost/chatwarden/operator:1';

export interface OperatorInstall {
  kubectl: Kubectl;
  namespace: string;
  /** Of the API server, as pods reach it. */
  url: string;
  settings: Readonly<Record<string, string>>;
  databaseUrl: string;
}

export interface InstalledOperator {
  /** Names of its pods. */
  pods(): Promise<string[]>;
  /** Name of the pod that leads; undefined while none does, or more than one says so. */
  leader(): Promise<string | undefined>;
  /** How often somebody began to lead. A pod whose process is started again has its lease back at once. */
  terms(): Promise<number>;
  /** Requests that change something, of all its pods together. */
  writes(): Promise<number>;
  /** Ends its process with SIGKILL; kubelet starts it again. */
  kill(pod: string): void;
  /** As after a change of its own image: every pod is replaced. */
  replace(): Promise<void>;
  untilReady(): Promise<void>;
}

const NAME = 'chatwarden-operator';
const DEPLOYMENT = `deployment/${NAME}`;
const HEALTH_PORT = 9090;
const TRANSITIONS = '--output=jsonpath={.spec.leaseTransitions}';

export async function installOperator(options: OperatorInstall): Promise<InstalledOperator> {
  const { kubectl, namespace } = options;
  const inNamespace = ['--namespace', namespace];
  await applyInstall(options);
  const untilReady = async () =>
    void (await kubectl(['rollout', 'status', DEPLOYMENT, ...inNamespace, '--timeout=180s']));
  await untilReady();

  async function addresses(): Promise<Map<string, string>> {
    const selector = `--selector=app.kubernetes.io/name=${NAME}`;
    const { items } = JSON.parse(await kubectl(['get', 'pods', selector, ...inNamespace, '--output=json'])) as {
      items: { metadata: { name: string; deletionTimestamp?: string }; status: { podIP?: string } }[];
    };
    const living = items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    return new Map(living.map(({ metadata, status }) => [metadata.name, status.podIP ?? '']));
  }

  async function metrics(): Promise<Map<string, string>> {
    const pods = [...(await addresses())];
    const texts = await Promise.all(pods.map(async ([name, ip]) => [name, await readMetrics(ip)] as const));
    return new Map(texts);
  }

  async function leader(): Promise<string | undefined> {
    const leading = [...(await metrics())].filter(([, text]) => /^leader_election_master_status\{.*\} 1$/m.test(text));
    return leading.length === 1 ? leading[0]?.[0] : undefined;
  }

  return {
    pods: async () => [...(await addresses()).keys()],
    leader,
    terms: async () => Number(await kubectl(['get', 'lease', NAME, ...inNamespace, TRANSITIONS])),
    writes: async () => [...(await metrics()).values()].map(countWrites).reduce((sum, writes) => sum + writes, 0),
    kill: (pod) => process.kill(pidOf(pod), 'SIGKILL'),
    replace: async () => {
      await kubectl(['rollout', 'restart', DEPLOYMENT, ...inNamespace]);
      await untilReady();
    },
    untilReady,
  };
}

async function applyInstall({ kubectl, namespace, url, settings, databaseUrl }: OperatorInstall): Promise<void> {
  const { hostname, port } = new URL(url);
  const inPods = { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port };
  const objects = buildClusterInstall({ namespace, image: OPERATOR_IMAGE, settings: { ...settings, ...inPods } });
  const metadata = { name: NAME, namespace };
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { DATABASE_URL: databaseUrl } };
  // The namespace is the first of them, the Deployment the last.
  const items = [telegramGroupCrd(), ...objects.slice(0, 1), secret, ...objects.slice(1)];
  for (const input of items) await kubectl(['apply', '--server-side', '-f', '-'], { input });
}

/** Nothing while the pod does not answer. */
async function readMetrics(ip: string): Promise<string> {
  const url = `http://${ip}:${HEALTH_PORT}/metrics`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
  return (await answer?.text()) ?? '';
}

function countWrites(metrics: string): number {
  return metrics
    .split('\n')
    .filter((line) => /^rest_client_requests_total\{.*method="(POST|PUT|PATCH|DELETE)"/.test(line))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

/** Its containers are processes of this machine, which know the name of their pod. */
function pidOf(pod: string): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = pids.find((pid) => environmentOf(pid).includes(`INSTANCE=${pod}`));
  if (found === undefined) throw new Error(`no process of this machine belongs to ${pod}`);
  return Number(found);
}

function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    // It has ended meanwhile.
    return [];
  }
}
