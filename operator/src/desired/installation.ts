/** What is the same for all groups of an installation, from the operator's own settings. */
export interface Installation {
  image: {
    /** Without a tag. */
    repository: string;
    /** For groups that name none. */
    version: string;
    pullPolicy: 'Always' | 'IfNotPresent' | 'Never';
  };
  /** Secret in the namespace of the group with DATABASE_URL, and what else is secret of the detectors' settings. */
  secret: string;
  /** PersistentVolumeClaim in that namespace with the folder of the group keys. */
  keysClaim: string;
  kafka: {
    brokers: string;
    prefix: string;
    replication: number;
    tls: boolean;
    /** How detectors log in; name and password are in their Secret. */
    mechanism?: string | undefined;
    /** Settings that are files from Secrets of that namespace, and so are renewed in pods that run. */
    files?: readonly SettingFile[] | undefined;
    /** KEDA's TriggerAuthentication in that namespace, where the brokers want a login or a certificate. */
    authentication?: string | undefined;
  };
  /** Ports that detectors may reach besides Kafka's: PostgreSQL and, with traces, ingestd. */
  egressPorts: readonly number[];
  /** Further settings of the detectors, such as LOG_LEVEL. */
  settings: Readonly<Record<string, string>>;
  /** How long more lag, or less, must last before replicas follow. A rebalance stops all consumers of the group. */
  scaleUpAfterSeconds: number;
  scaleDownAfterSeconds: number;
  /** New detectors that take longer to get ready have failed. */
  readyWithinSeconds: number;
  /** After a switch, new detectors that do not consume within this time have failed. */
  consumeWithinSeconds: number;
}

export interface SettingFile {
  /** Without `_FILE`. */
  setting: string;
  secret: string;
  /** In the Secret. */
  key: string;
}
