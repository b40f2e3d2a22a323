import { chooseBackends } from './choose-backends.ts';
import { MissingTool, type KafkaSecurity, type KafkaServer } from './server.ts';

export type SecuredKafka = KafkaServer & { security: KafkaSecurity };

/**
 * A broker with TLS, logins and ACLs, of one test file; `users` have passwords. Undefined, and says why, where this machine
 * cannot run one. Whoever starts it removes it.
 */
export async function startSecuredKafka(
  users: Readonly<Record<string, string>> = {},
): Promise<SecuredKafka | undefined> {
  try {
    const started = await (await chooseBackends(process.env)).kafka({ security: { users } });
    return started.security && { ...started, security: started.security };
  } catch (error) {
    if (!(error instanceof MissingTool)) throw error;
    console.log(error.message);
    return undefined;
  }
}
