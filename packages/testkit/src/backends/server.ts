/** Servers that tests run against, wherever they run: local processes or Docker containers. */
import type { Certified, Identity } from './kubernetes/certificates.ts';
import type { Kubectl } from './kubernetes/kubectl.ts';

export interface Server {
  /** Undefined when it does not run, or not as a process of ours: then nobody can say what it takes of this machine. */
  pid(): number | undefined;
  /** In order, as an operator does it. Harmless when it does not run. */
  stop(): Promise<void>;
  /** As kill -9: nothing is written down any more. */
  kill(): Promise<void>;
  /** Again, after `stop` or `kill`: on the same port, with the same data. Resolves when it answers. */
  start(): Promise<void>;
  /** Ends it and deletes its data. It can't be started again. */
  remove(): Promise<void>;
  /** The last lines that it printed, 30 unless told. */
  logTail(lines?: number): Promise<string>;
}

export interface KafkaServer extends Server {
  /** `host:port`, as clients take it. With `security` clients log in there. */
  brokers: string;
  security?: KafkaSecurity;
}

export interface KafkaSecurity {
  /** Whom to trust. */
  caFile: string;
  /** Who may do everything, by SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN. */
  username: string;
  password: string;
  /** `host:port` where clients show a certificate: its name is the name of the user. */
  tlsBrokers: string;
  issue(identity: Identity): Certified;
  /** Of PLAIN alone, and by a restart of the server. */
  setPassword(username: string, password: string): Promise<void>;
  /** The user may do this and nothing else. */
  setAcls(username: string, acls: readonly KafkaAcl[]): Promise<void>;
}

export interface KafkaAcl {
  resource: 'Topic' | 'Group';
  name: string;
  /** `Prefixed`: all whose names begin so. */
  pattern: 'Literal' | 'Prefixed';
  operations: readonly ('Read' | 'Write' | 'Create' | 'Delete' | 'Alter' | 'Describe' | 'DescribeConfigs')[];
}

export interface OpenSearchServer extends Server {
  url: string;
  version: string;
  /** With `security`: who may do everything, and whom to trust. */
  security?: { username: string; password: string; caFile: string };
}

export interface PostgresServer extends Server {
  /** Of a user who may make databases. */
  url: string;
}

/** A control plane: objects are real, but nothing runs pods. As a server it is its three parts as one. */
export interface KubernetesServer extends Server {
  url: string;
  /** Path, of one who may do everything. */
  kubeconfig: string;
  /** Path of a file for this user and these groups, who may do what RBAC grants them. */
  kubeconfigFor(identity: Identity): string;
  /** A certificate of the cluster's authority, for servers and clients. */
  issue(identity: Identity): Certified;
  kubectl: Kubectl;
  /** Path of kubectl itself. */
  kubectlProgram: string;
  /** Its logs, and `ca.pem`. */
  folder: string;
  /** Its parts, to be stopped and started alone; who removes one removes the data of all. */
  etcd: Server;
  apiServer: Server;
  controllerManager: Server;
}

export interface KubernetesOptions {
  /** Where the API server listens, 127.0.0.1 unless told. */
  address?: string;
  /** More flags, which win. */
  more?: { apiServer?: readonly string[]; controllerManager?: readonly string[] };
}

export interface KafkaOptions {
  /** Another address of this machine than 127.0.0.1 to be reached at, such as one that pods see. Local servers only. */
  host?: string;
  /** Slower to start and faster after minutes: for measurements. */
  forLoad?: boolean;
  /** With TLS, logins and ACLs: who has no ACL may do nothing. Passwords by the names of users. Local servers only. */
  security?: { users: Readonly<Record<string, string>> };
}

export interface PostgresOptions {
  /** As Kafka's: an address besides 127.0.0.1, which the url names. */
  host?: string;
  /** With its usual durability, which tests do without. */
  forLoad?: boolean;
}

export interface OpenSearchOptions {
  forLoad?: boolean;
  /** With TLS and basic authentication: the version that the security plugin exists for. */
  security?: boolean;
}

export interface Backends {
  name: 'local' | 'docker' | 'none';
  /** Each call starts a server of its own. Rejects with {@link MissingTool} when this machine can't. */
  kafka(options?: KafkaOptions): Promise<KafkaServer>;
  openSearch(options?: OpenSearchOptions): Promise<OpenSearchServer>;
  postgres(options?: PostgresOptions): Promise<PostgresServer>;
  /** Built from source at its first use: ten minutes once. */
  kubernetes(options?: KubernetesOptions): Promise<KubernetesServer>;
}

/** What this machine lacks, with the command that installs it. Tests that need it are skipped, with this reason. */
export class MissingTool extends Error {
  override name = 'MissingTool';
}
