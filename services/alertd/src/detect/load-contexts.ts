/** Context of every sender in the batch, in one round trip. */
import type { ChatEvent, Context } from '@chatwarden/contracts';
import type { DetectDeps } from './detect-deps.ts';

/** By `senderOf`. */
export type SenderContexts = Map<string, Context>;

export function senderOf({ groupId, sender }: ChatEvent): string {
  return `${groupId} ${sender.key}`;
}

export async function loadContexts(events: readonly ChatEvent[], { contexts }: DetectDeps): Promise<SenderContexts> {
  const firstOf = new Map<string, ChatEvent>();
  for (const event of events) {
    const sender = senderOf(event);
    if (!firstOf.has(sender)) firstOf.set(sender, event);
  }
  const loaded = await contexts.loadContext(
    [...firstOf.values()].map(({ groupId, sender, occurredAt }) => ({ groupId, sender: sender.key, at: occurredAt })),
  );
  return new Map([...firstOf.keys()].map((sender, index) => [sender, loaded[index] as Context]));
}
