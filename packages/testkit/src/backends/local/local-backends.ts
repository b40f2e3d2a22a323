import { startKubernetes } from '../kubernetes/kubernetes.ts';
import { MissingTool, type Backends } from '../server.ts';
import { KAFKA } from '../versions.ts';
import { findJavas, pickJava } from './java.ts';
import { startKafka } from './kafka.ts';
import { requireMaven } from './maven.ts';
import { startOpenSearch } from './opensearch.ts';
import { startLocalPostgres } from './postgres.ts';

export interface LocalOptions {
  env: NodeJS.ProcessEnv;
  /** Gets a line now and then while something takes long. */
  say?: (line: string) => void;
}

/** Servers as processes of this machine. */
export function createLocalBackends({ env, say = console.log }: LocalOptions): Backends {
  const kafka: Backends['kafka'] = async (options = {}) => {
    const java = pickJava(findJavas(env), KAFKA.java, `Kafka ${KAFKA.version}`);
    requireMaven(env);
    return startKafka({ ...options, java, env, say });
  };
  const openSearch: Backends['openSearch'] = async (options = {}) => {
    requireMaven(env);
    return startOpenSearch({ ...options, javas: findJavas(env), env, say });
  };
  const kubernetes: Backends['kubernetes'] = (options = {}) => startKubernetes({ ...options, env, say });
  return { name: 'local', kafka, openSearch, postgres: startLocalPostgres, kubernetes };
}

/** What Kafka and OpenSearch would miss here, in words; undefined when nothing. */
export function whatLocalLacks(env: NodeJS.ProcessEnv): string | undefined {
  try {
    requireMaven(env);
    pickJava(findJavas(env), KAFKA.java, `Kafka ${KAFKA.version}`);
    return undefined;
  } catch (error) {
    if (error instanceof MissingTool) return error.message;
    throw error;
  }
}
