/** Servers that tests run against, wherever they run: local processes or Docker containers. */

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
  /** `host:port`, as clients take it. */
  brokers: string;
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

export interface KafkaOptions {
  /** Slower to start and faster after minutes: for measurements. */
  forLoad?: boolean;
}

export interface PostgresOptions {
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
}

/** What this machine lacks, with the command that installs it. Tests that need it are skipped, with this reason. */
export class MissingTool extends Error {
  override name = 'MissingTool';
}
