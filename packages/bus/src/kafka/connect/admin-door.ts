/**
 * An admin client that connects when it is first asked. kafkajs asks the cluster about every topic that a client was ever
 * asked about, and fails at all of them when one does not exist any more: then this client is replaced by another.
 */
import type { Admin, Kafka } from 'kafkajs';
import { explained } from './explain.ts';
import { whenReady } from './when-ready.ts';

/** Asks again while the cluster says "not yet", for a few seconds. Rejects with a Failure where it refuses us. */
export type AdminDoor = <T>(ask: (client: Admin) => Promise<T>) => Promise<T>;

export function openAdminDoor(kafka: Kafka): { admin: AdminDoor; closeAdmin(): Promise<void> } {
  let open: Promise<Admin> | undefined;

  async function admin<T>(ask: (client: Admin) => Promise<T>): Promise<T> {
    const mine = (open ??= connect(kafka));
    const client = await mine.catch((error: unknown) => {
      if (open === mine) open = undefined;
      throw explained(error);
    });
    try {
      return await whenReady(() => ask(client));
    } catch (error) {
      if (open === mine && isUnknownTopic(error)) {
        open = undefined;
        client.disconnect().catch(() => {});
      }
      throw explained(error);
    }
  }

  const closeAdmin = async () => {
    const client = await open?.catch(() => undefined);
    await client?.disconnect();
  };
  return { admin, closeAdmin };
}

async function connect(kafka: Kafka): Promise<Admin> {
  const client = kafka.admin();
  await client.connect();
  return client;
}

function isUnknownTopic(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('type' in error && error.type === 'UNKNOWN_TOPIC_OR_PARTITION') || isUnknownTopic(error.cause);
}
