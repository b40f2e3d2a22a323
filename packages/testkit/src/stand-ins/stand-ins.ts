// Stand-ins for the standard images, under their names, where none can be pulled: the same servers of the same versions,
// from Maven Central and npm, driven by the same environment variables. What else the images hold is not in them.
import { dirname, join } from 'node:path';
import { locateBinaries } from '@chatwarden/postgres-server';
import { findJavas, pickJava, type Java } from '../backends/local/java.ts';
import { prepareKafka } from '../backends/local/kafka-package.ts';
import { LOG_SETTINGS, openSearchArgs } from '../backends/local/opensearch-command.ts';
import { prepareOpenSearch } from '../backends/local/opensearch-package.ts';
import { KAFKA, OPENSEARCH, POSTGRES } from '../backends/versions.ts';
import type { Import } from './docker-cli.ts';
import { addJava, createRootFs } from './root-fs.ts';

export interface StandIn {
  image: string;
  /** Fills the folder and says how it is started. */
  build(folder: string): Promise<Import>;
}

interface Options {
  env: NodeJS.ProcessEnv;
  say(line: string): void;
}

export function standIns(options: Options): StandIn[] {
  return [
    { image: KAFKA.image, build: (folder) => buildKafka(folder, options) },
    { image: OPENSEARCH.image, build: (folder) => buildOpenSearch(folder, options) },
    { image: POSTGRES.image, build: buildPostgres },
  ];
}

/** One for all images: the newest that any server asks for. */
function javaFor({ env }: Options): Java {
  return pickJava(findJavas(env), OPENSEARCH.java, 'The stand-in for an image');
}

/** The wrapper that turns variables into settings and formats the data is part of Kafka itself. */
async function buildKafka(folder: string, options: Options): Promise<Import> {
  const java = javaFor(options);
  const installed = await prepareKafka({ ...options, java });
  const rootFs = createRootFs(folder);
  const program = addJava(rootFs, java.home);
  rootFs.tree(join(installed, 'libs'), '/opt/kafka/libs');
  rootFs.tree(join(installed, 'log4j2.properties'), '/opt/kafka/log4j2.properties');
  for (const name of ['server.properties', 'log4j2.yaml', 'tools-log4j2.yaml']) {
    rootFs.text(`/etc/kafka/docker/${name}`, name.endsWith('.yaml') ? 'Configuration:\n' : '');
  }
  for (const path of ['/opt/kafka/config', '/mnt/shared/config', '/var/lib/kafka/data']) rootFs.open(path);
  const setup = 'setup --default-configs-dir /etc/kafka/docker --mounted-configs-dir /mnt/shared/config';
  const script = `#!/bin/sh
set -e -f
export CLUSTER_ID="\${CLUSTER_ID:-5L6g3nShT-eMCtK--X86sw}"
run="${program} -Dlog4j2.configurationFile=/opt/kafka/log4j2.properties -cp /opt/kafka/libs/*"
# The settings stay as they are when the container is started again.
[ -f /var/lib/kafka/data/meta.properties ] ||
  $run -Xmx128m -XX:TieredStopAtLevel=1 kafka.docker.KafkaDockerWrapper ${setup} --final-configs-dir /opt/kafka/config
exec $run $KAFKA_HEAP_OPTS $KAFKA_JVM_PERFORMANCE_OPTS kafka.Kafka /opt/kafka/config/server.properties
`;
  rootFs.text('/etc/kafka/docker/run', script, 0o755);
  return { folder, image: KAFKA.image, changes: ['USER 1000', 'EXPOSE 9092', 'CMD ["/etc/kafka/docker/run"]'] };
}

const OPENSEARCH_HOME = '/usr/share/opensearch';

/** Without the security plugin, which for this version is nowhere but in the real image. */
async function buildOpenSearch(folder: string, options: Options): Promise<Import> {
  const java = javaFor(options);
  const installed = await prepareOpenSearch({ ...options, java, release: OPENSEARCH, security: false });
  const rootFs = createRootFs(folder);
  const program = addJava(rootFs, java.home);
  rootFs.tree(join(installed, 'home'), OPENSEARCH_HOME);
  for (const name of ['config', 'data', 'logs']) rootFs.open(`${OPENSEARCH_HOME}/${name}`);
  rootFs.text(
    `${OPENSEARCH_HOME}/config/opensearch.yml`,
    'cluster.name: docker-cluster\nnode.name: node\nnetwork.host: 0.0.0.0\n',
  );
  rootFs.text(`${OPENSEARCH_HOME}/config/log4j2.properties`, LOG_SETTINGS);
  const args = openSearchArgs({
    home: OPENSEARCH_HOME,
    config: `${OPENSEARCH_HOME}/config`,
    temporary: '/tmp',
    version: OPENSEARCH.version,
    java,
  });
  const script = `#!/bin/sh
set -f
IFS='
'
# Read here: this shell passes on no names with dots.
for line in $(tr '\\0' '\\n' < /proc/$$/environ); do
  case "\${line%%=*}" in
    *.*) set -- "$@" "-E$line" ;;
  esac
done
unset IFS
exec ${program} $OPENSEARCH_JAVA_OPTS ${args.map((arg) => `'${arg}'`).join(' ')} "$@"
`;
  rootFs.text(`${OPENSEARCH_HOME}/opensearch-docker-entrypoint.sh`, script, 0o755);
  const entry = `ENTRYPOINT ["${OPENSEARCH_HOME}/opensearch-docker-entrypoint.sh"]`;
  return { folder, image: OPENSEARCH.image, changes: ['USER 1000', 'EXPOSE 9200', entry] };
}

const POSTGRES_HOME = '/usr/lib/postgresql';

async function buildPostgres(folder: string): Promise<Import> {
  const rootFs = createRootFs(folder);
  const { initdb, postgres } = await locateBinaries();
  const native = dirname(dirname(postgres));
  rootFs.tree(native, POSTGRES_HOME);
  for (const program of [initdb, postgres]) rootFs.libraries(program, native);
  rootFs.open('/var/lib/postgresql');
  const script = `#!/bin/sh
set -e
export LD_LIBRARY_PATH=${POSTGRES_HOME}/lib PGDATA=/var/lib/postgresql/data
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  echo "$POSTGRES_PASSWORD" > /tmp/password
  ${POSTGRES_HOME}/bin/initdb --username="$POSTGRES_USER" --pwfile=/tmp/password --auth-host=scram-sha-256 --no-sync
  rm /tmp/password
  echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
  echo "create database $POSTGRES_DB" | ${POSTGRES_HOME}/bin/postgres --single postgres
fi
shift
${POSTGRES_HOME}/bin/postgres -c listen_addresses='*' -c unix_socket_directories= "$@" &
server=$!
# As the signal of the real image has it: without waiting for clients to leave.
trap 'kill -INT $server' TERM
wait $server || wait $server
`;
  rootFs.text('/usr/local/bin/docker-entrypoint.sh', script, 0o755);
  const entry = 'ENTRYPOINT ["/usr/local/bin/docker-entrypoint.sh"]';
  const changes = ['USER 999', 'EXPOSE 5432', entry, 'CMD ["postgres"]'];
  return { folder, image: POSTGRES.image, changes };
}
