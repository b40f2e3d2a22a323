import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** Runs kubectl and returns what it printed. Rejects with what it complained about. */
export type Kubectl = (args: readonly string[], options?: KubectlOptions) => Promise<string>;

export interface KubectlOptions {
  /** What it reads: text, or objects that are given as JSON (`apply -f -`). */
  input?: string | object;
  /** Of somebody else than the administrator. */
  kubeconfig?: string;
}

export interface KubectlPlace {
  program: string;
  kubeconfig: string;
  /** For what it remembers of the kinds that a server knows. */
  cacheFolder: string;
}

export function createKubectl({ program, kubeconfig: ours, cacheFolder }: KubectlPlace): Kubectl {
  return async (args, { input = '', kubeconfig = ours } = {}) => {
    const fixed = ['--kubeconfig', kubeconfig, '--cache-dir', cacheFolder];
    const child = spawn(program, [...fixed, ...args], { stdio: 'pipe' });
    child.stdin.on('error', () => undefined);
    child.stdin.end(typeof input === 'string' ? input : JSON.stringify(input));
    const [[code], printed, complaint] = await Promise.all([
      once(child, 'close') as Promise<[number | null]>,
      text(child.stdout),
      text(child.stderr),
    ]);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${complaint.trim() || `ended with ${code}`}`);
    return printed;
  };
}

/** Where the cluster is and whom to trust (PEM), as the kubeconfig says. */
export async function readAccess(kubectl: Kubectl): Promise<{ url: string; ca: string }> {
  const view = await kubectl(['config', 'view', '--minify', '--flatten', '--raw', '--output', 'json']);
  const { clusters } = JSON.parse(view) as {
    clusters: { cluster: { server: string; 'certificate-authority-data'?: string } }[];
  };
  const cluster = clusters[0]?.cluster;
  if (cluster === undefined) throw new Error('the kubeconfig names no cluster');
  return { url: cluster.server, ca: Buffer.from(cluster['certificate-authority-data'] ?? '', 'base64').toString() };
}
