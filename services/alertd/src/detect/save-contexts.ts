/** What the batch taught: one row per sender, at the version that was loaded, and what was seen of campaigns. */
import type { SenderContextRow, Sighting } from '@chatwarden/store';
import type { DetectDeps } from './detect-deps.ts';
import type { Judged } from './judged.ts';
import { senderOf } from './load-contexts.ts';

export function saveContexts(
  judged: readonly Judged[],
  swept: readonly Sighting[],
  { contexts }: DetectDeps,
): Promise<'saved' | 'conflict'> {
  const rows = new Map<string, SenderContextRow>();
  for (const { event, next } of judged) {
    const { groupId, sender, occurredAt } = event;
    rows.set(senderOf(event), { groupId, sender: sender.key, context: next, lastSeenAt: occurredAt });
  }
  return contexts.saveContext([...rows.values()], [...judged.flatMap(({ sightings }) => sightings), ...swept]);
}
