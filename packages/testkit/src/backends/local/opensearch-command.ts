import { join } from 'node:path';
import type { Java } from './java.ts';

export interface OpenSearchCommand {
  /** Where OpenSearch is installed. */
  home: string;
  config: string;
  /** For temporary files. */
  temporary: string;
  version: string;
  java: Java;
}

const JVM_OPTIONS = `-Xss1m -Djava.awt.headless=true -Dfile.encoding=UTF-8 -Djna.nosys=true
  -Djava.locale.providers=SPI,CLDR -Dio.netty.noUnsafe=true -Dio.netty.noKeySetOptimization=true
  -Dio.netty.allocator.numDirectArenas=0 -Dio.netty.recycler.maxCapacityPerThread=0
  -Dlog4j.shutdownHookEnabled=false -Dlog4j2.disable.jmx=true
  -Dopensearch.distribution.type=zip -Dopensearch.bundled_jdk=false`.split(/\s+/);

/** The arguments of `java` that bin/opensearch arrives at, after starting Java twice to find that out. */
export function openSearchArgs({ home, config, temporary, version, java }: OpenSearchCommand): string[] {
  return [
    ...JVM_OPTIONS,
    ...(version.startsWith('2.') ? securityManager(java) : agent(home)),
    `-Djava.io.tmpdir=${temporary}`,
    `-Dopensearch.path.home=${home}`,
    `-Dopensearch.path.conf=${config}`,
    '-cp',
    join(home, 'lib', '*'),
    'org.opensearch.bootstrap.OpenSearch',
  ];
}

/** Java 18 and newer set none up at run time unless told. */
function securityManager({ major }: Java): string[] {
  return major >= 18 ? ['-Djava.security.manager=allow'] : [];
}

/** What 3.x has instead. */
function agent(home: string): string[] {
  return [
    '--add-modules=jdk.incubator.vector',
    `-javaagent:${join(home, 'agent', 'opensearch-agent.jar')}`,
    '--add-opens=java.base/java.nio=org.apache.arrow.memory.core,ALL-UNNAMED',
  ];
}

/** For log4j2.properties: all to the standard output. */
export const LOG_SETTINGS = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
`;
