/** The one place for the versions of the servers that tests run against, local and in Docker. */

export const KAFKA = {
  version: '4.4.0',
  scala: '2.13',
  /** Kafka brings no log backend of its own; this one is made for its slf4j. */
  log4j: '2.25.5',
  java: { min: 17, max: undefined },
  image: 'apache/kafka:4.4.0',
};

export interface OpenSearchRelease {
  version: string;
  java: { min: number; max: number | undefined };
  image: string;
}

export const OPENSEARCH: OpenSearchRelease = {
  version: '3.4.0',
  java: { min: 21, max: undefined },
  image: 'opensearchproject/opensearch:3.4.0',
};

/**
 * For machines with an older Java, and for TLS and users: of the security plugin on Maven Central this is the newest
 * that can be installed alone. Java removed the security manager, which 2.x needs, with 24.
 */
export const OPENSEARCH_2: OpenSearchRelease = {
  version: '2.19.4',
  java: { min: 17, max: 23 },
  image: 'opensearchproject/opensearch:2.19.4',
};

/** The major version that the embedded PostgreSQL has. */
export const POSTGRES = { image: 'postgres:18-bookworm' };

export const MAVEN_DEPENDENCY_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

/** Built from the modules in go/: the versions stand in their go.mod too. 1.34 is the last that takes cgroup v1 unasked. */
export const KUBERNETES = { version: '1.34.4', etcd: '3.6.5' };
export const KEDA = { version: '2.21.0' };
/** The first that fetches a newer one by itself, which go.mod may name. */
export const GO_MIN = { major: 1, minor: 21 };
