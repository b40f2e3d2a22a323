/** Which messages a verdict is about: its own last, before it the earlier parts of its album and copies of its text. */
import type { Band } from '@chatwarden/contracts';
import { albumOf } from '../checks/album.ts';
import { messageOf, type CheckInput } from '../checks/check.ts';
import { earlierCopies } from '../checks/repeats.ts';

export function targetsOf(input: CheckInput, band: Band): number[] {
  const { event } = input.prepared;
  const own = messageOf(input.prepared)?.messageId ?? ('messageId' in event ? event.messageId : undefined);
  if (own === undefined) return [];
  if (band !== 'act') return [own];
  const album = albumOf(input.prepared, input.context.sender)?.messageIds ?? [];
  // Copies that were judged bad were deleted then.
  const copies = earlierCopies(input).flatMap(({ messageId, bad }) =>
    bad || messageId === undefined ? [] : [messageId],
  );
  return [...new Set([...album, ...copies])].filter((id) => id !== own).concat(own);
}
