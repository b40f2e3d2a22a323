/** Leases of an API server in memory: as much of it as candidates for a lease can tell from a real one. */
import { manualClock } from '@chatwarden/testkit';
import type { LeaseWorld } from '@chatwarden/testkit/lease-suite';
import { createKubeLease, KubeError, type KubeLeaseOptions, type KubeRequest, type LeaseObject } from '../src/index.ts';
import { heardLog } from './fake-api.ts';

const PATH = '/apis/coordination.k8s.io/v1/namespaces/home/leases';
const NO_ANSWER_MS = 30_000;

export interface KubeLeaseWorld extends LeaseWorld {
  leases: Map<string, LeaseObject>;
  /** What is asked, as `GET work`. */
  asked: string[];
  /** The next request of this holder is carried out, and its answer lost. */
  loseNextAnswer(holder: string): void;
  open(name: string, options?: Partial<KubeLeaseOptions>): ReturnType<typeof createKubeLease>;
  lines: string[];
}

export function openLeaseWorld(): KubeLeaseWorld {
  const clock = manualClock();
  const leases = new Map<string, LeaseObject>();
  const cuts = new Map<string, 'error' | 'silence' | 'lostAnswer'>();
  const asked: string[] = [];
  const { lines, ...log } = heardLog();
  let revision = 0;

  function refuse(status: number, reason: string): never {
    throw new KubeError({ status, reason, message: reason });
  }

  function answer({ method, path, body }: KubeRequest): LeaseObject {
    const sent = body as LeaseObject | undefined;
    const name = sent?.metadata.name ?? path.slice(PATH.length + 1);
    asked.push(`${method} ${name}`);
    const found = leases.get(name);
    if (method === 'GET') return found ?? refuse(404, 'NotFound');
    if (!sent) return refuse(400, 'BadRequest');
    if (method === 'POST' && found) return refuse(409, 'AlreadyExists');
    if (method === 'PUT' && !found) return refuse(404, 'NotFound');
    if (found && found.metadata.resourceVersion !== sent.metadata.resourceVersion) return refuse(409, 'Conflict');
    revision += 1;
    const stored = { ...sent, metadata: { ...sent.metadata, resourceVersion: `${revision}` } };
    leases.set(name, stored);
    return stored;
  }

  async function ask(holder: string, request: KubeRequest): Promise<LeaseObject> {
    const cut = cuts.get(holder);
    if (cut === 'error') return refuse(0, 'Unreachable');
    if (cut === 'silence') {
      await clock.sleep(request.timeoutMs ?? NO_ANSWER_MS, request.signal);
      return refuse(0, 'Timeout');
    }
    const told = structuredClone(answer(request));
    if (cut !== 'lostAnswer') return told;
    cuts.delete(holder);
    return refuse(0, 'Unreachable');
  }

  function open(name: string, options: Partial<KubeLeaseOptions> = {}) {
    return createKubeLease({
      client: { request: <T>(request: KubeRequest) => ask(name, request) as Promise<T> },
      namespace: 'home',
      holder: name,
      clock,
      monotonicMs: clock.now,
      log,
      ...options,
    });
  }

  return {
    clock,
    leases,
    asked,
    lines,
    open,
    holder: open,
    loseNextAnswer: (holder) => void cuts.set(holder, 'lostAnswer'),
    cut: (holder, how) => void cuts.set(holder, how),
    heal: (holder) => void cuts.delete(holder),
  };
}
