/** What is remembered of every sender in the batch, and who posted the same of late, in one round trip. */
import { DELETABLE_FOR_MS, type ChatEvent, type Context } from '@chatwarden/contracts';
import { createCampaignMemory, type CampaignMemory, type Shared } from './campaigns.ts';
import type { DetectDeps } from './detect-deps.ts';

export interface BatchMemory {
  /** By `senderOf`. */
  contexts: Map<string, Context>;
  campaigns: CampaignMemory;
}

export function senderOf({ groupId, sender }: ChatEvent): string {
  return `${groupId} ${sender.key}`;
}

export async function loadContexts(batch: readonly Shared[], { contexts }: DetectDeps): Promise<BatchMemory> {
  const events = batch.map(({ prepared }) => prepared.event);
  const firstOf = new Map<string, ChatEvent>();
  for (const event of events) {
    const sender = senderOf(event);
    if (!firstOf.has(sender)) firstOf.set(sender, event);
  }
  const oldest = Math.min(...events.map((event) => event.occurredAt));
  const loaded = await contexts.loadContext(
    [...firstOf.values()].map(({ groupId, sender, occurredAt }) => ({ groupId, sender: sender.key, at: occurredAt })),
    {
      keys: [...new Set(batch.flatMap(({ shared }) => shared.map(({ digest }) => digest)))],
      since: Math.max(0, oldest - DELETABLE_FOR_MS),
    },
  );
  return {
    contexts: new Map([...firstOf.keys()].map((sender, index) => [sender, loaded.contexts[index] as Context])),
    campaigns: createCampaignMemory(loaded.sightings),
  };
}
