/**
 * Where the API server is and who we are, read by KubeConfig of @kubernetes/client-node: files, in-cluster, tokens, exec
 * plugins, OIDC, TLS. Only that: its requests are not ours. KubeConfig remembers credentials, so one that the server
 * refuses is replaced by reading everything anew.
 */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { dirname, resolve } from 'node:path';
import { KubeConfig, loadYaml } from '@kubernetes/client-node';

export type AccessSource =
  /** A kubeconfig; several as `$KUBECONFIG` has them are merged by the caller. */
  | { kubeconfigFile: string; context?: string }
  | { kubeconfig: string; context?: string }
  /** The service account of the pod. */
  | { inCluster: true }
  /** As kubectl: `$KUBECONFIG`, `~/.kube/config`, else the service account. */
  | { default: true };

export interface Access {
  server: URL;
  /** Of the context, or of the pod; `default` when nothing says. */
  namespace: string;
  /** What a request needs: agent, headers, certificates. */
  credentials(): Promise<Credentials>;
  /** The server refused these. Reads anew, once for all requests that were refused together. */
  refused(credentials: Credentials): Promise<void>;
  /** Drops connections that wait for a next request: after a time-out they may be dead too. */
  dropIdle(): void;
  close(): void;
}

export interface Credentials {
  options: https.RequestOptions;
  /** Counts readings of the configuration. */
  reading: number;
}

export function openAccess(source: AccessSource): Access {
  let config = load(source);
  let reading = 0;
  const cluster = config.getCurrentCluster();
  if (!cluster) throw new Error('the kubeconfig names no cluster as current');
  const server = new URL(cluster.server);
  // KubeConfig's own agents open a connection for every request. They are needed only to get through a proxy.
  const secure = server.protocol === 'https:';
  const agent = cluster.proxyUrl === undefined ? newAgent(secure) : undefined;

  async function credentials(): Promise<Credentials> {
    const now = reading;
    const options: https.RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    return { options: { ...options, ...(agent ? { agent } : {}), headers: trimmed(options.headers) }, reading: now };
  }

  async function refused(old: Credentials): Promise<void> {
    if (old.reading !== reading) return;
    reading += 1;
    config = load(source);
  }

  return {
    server,
    namespace: config.getContextObject(config.getCurrentContext())?.namespace ?? 'default',
    credentials,
    refused,
    dropIdle: () => {
      for (const sockets of Object.values(agent?.freeSockets ?? {}))
        for (const socket of sockets ?? []) socket.destroy();
    },
    close: () => agent?.destroy(),
  };
}

function newAgent(secure: boolean): http.Agent {
  const options = { keepAlive: true, keepAliveMsecs: 30_000 };
  return secure ? new https.Agent(options) : new http.Agent(options);
}

function load(source: AccessSource): KubeConfig {
  const config = new KubeConfig();
  if ('inCluster' in source) config.loadFromCluster();
  else if ('default' in source) config.loadFromDefault();
  else {
    const text = 'kubeconfig' in source ? source.kubeconfig : readFileSync(source.kubeconfigFile, 'utf8');
    config.loadFromString(text);
    const folder = 'kubeconfigFile' in source ? dirname(source.kubeconfigFile) : '.';
    config.makePathsAbsolute(folder);
    if (source.context !== undefined) config.setCurrentContext(source.context);
    addTokenFiles(config, text, folder);
  }
  // KubeConfig refuses plain http (`kubectl proxy`, a test) unless certificates, of which there are none, go unchecked.
  for (const cluster of config.clusters) Object.assign(cluster, isPlain(cluster.server) ? { skipTLSVerify: true } : {});
  return config;
}

const isPlain = (server: string) => server.startsWith('http:');

interface RawUsers {
  users?: { name: string; user?: { tokenFile?: string } }[];
}

/** `tokenFile`, which client-go reads, is not known to KubeConfig for users of a file; its in-cluster form is. */
function addTokenFiles(config: KubeConfig, text: string, folder: string): void {
  const files = new Map(loadYaml<RawUsers>(text).users?.map(({ name, user }) => [name, user?.tokenFile]));
  config.users = config.users.map((user) => {
    const tokenFile = files.get(user.name);
    if (tokenFile === undefined) return user;
    return { ...user, authProvider: { name: 'tokenFile', config: { tokenFile: resolve(folder, tokenFile) } } };
  });
}

/** A token file may end in a newline, which no header may have. */
function trimmed(headers: https.RequestOptions['headers']): http.OutgoingHttpHeaders {
  const entries = Object.entries((headers ?? {}) as http.OutgoingHttpHeaders);
  return Object.fromEntries(entries.map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value]));
}
