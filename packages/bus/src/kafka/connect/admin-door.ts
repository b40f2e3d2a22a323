/** An admin client that connects when it is first asked, and again where that failed. */
import type { Admin, Kafka } from 'kafkajs';

export type AdminDoor = () => Promise<Admin>;

export function openAdminDoor(kafka: Kafka): { admin: AdminDoor; closeAdmin(): Promise<void> } {
  const client = kafka.admin();
  let connecting: Promise<void> | undefined;
  const admin = async () => {
    connecting ??= client.connect();
    try {
      await connecting;
    } catch (error) {
      connecting = undefined;
      throw error;
    }
    return client;
  };
  return { admin, closeAdmin: () => client.disconnect() };
}
