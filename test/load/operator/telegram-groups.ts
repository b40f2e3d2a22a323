/** TelegramGroups as people write them, spread over namespaces; the first of them are Dedicated. */
import { TELEGRAM_GROUP, type TelegramGroupSpec } from '@chatwarden/contracts';
import { RESOURCES, type KubeClient, type KubeObject } from '@chatwarden/kube';
import { chatIdOf } from './chats.ts';

export interface Population {
  groups: number;
  dedicated: number;
  namespaces: number;
}

export type Written = KubeObject & { spec: Partial<TelegramGroupSpec> };

const AT_ONCE = 16;
/** Of the Shared ones, one in so many sets its policy. */
const POLICY_EVERY = 4;

export function namespaceOf(n: number, { namespaces }: Population): string {
  return `team-${n % namespaces}`;
}

export function writeGroup(n: number, population: Population): Written {
  const { apiVersion, kind } = TELEGRAM_GROUP;
  const metadata = { name: `group-${n}`, namespace: namespaceOf(n, population) };
  const chatId = chatIdOf(n);
  if (n < population.dedicated) {
    return { apiVersion, kind, metadata, spec: { chatId, isolation: 'Dedicated', autoscaling: { minReplicas: 2 } } };
  }
  const policy = n % POLICY_EVERY === 0 ? { policy: { preset: 'balanced' as const } } : {};
  return { apiVersion, kind, metadata, spec: { chatId, ...policy } };
}

export function applyGroup<T extends KubeObject>(client: KubeClient, group: Written): Promise<T> {
  const options = { fieldManager: 'kubectl', force: true };
  return client.apply(RESOURCES.telegramgroups, group, options) as unknown as Promise<T>;
}

export async function applyAll(client: KubeClient, population: Population, onOne: () => void): Promise<void> {
  let next = 0;
  const applier = async () => {
    while (next < population.groups) {
      await applyGroup(client, writeGroup(next++, population));
      onOne();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, applier));
}
