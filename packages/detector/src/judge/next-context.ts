/** What one event teaches about its sender. Bounded, and nothing when the event was folded in before. */
import type { AlbumTrace, Band, ChatEvent, Context, EventTrace, SenderContext } from '@chatwarden/contracts';
import { albumOf } from '../checks/album.ts';
import { messageOf } from '../checks/check.ts';
import { placesOf } from '../checks/payload.ts';
import { repeatKeyOf } from '../checks/repeat-key.ts';
import type { Prepared } from '../prepared.ts';

/** Enough for repeats within an hour and floods within seconds. */
const SEEN_MAX = 20;
const ALBUMS_MAX = 3;

export interface Learned {
  prepared: Prepared;
  context: { sender: SenderContext };
}

/** The context as it was before this event was folded in, so that a redelivered event is judged as the first time. */
export function contextBefore(event: ChatEvent, context: Context): Context {
  const { sender } = context;
  const own = sender.seen.findIndex((trace) => trace.id === event.id);
  if (own === -1) return context;
  const later = sender.seen.slice(own).filter((trace) => trace.allowed).length;
  return {
    ...context,
    sender: { ...sender, seen: sender.seen.slice(0, own), allowedCount: sender.allowedCount - later },
  };
}

export function nextContext({ prepared, context }: Learned, band: Band): SenderContext {
  const { sender } = context;
  const { event } = prepared;
  if (sender.seen.some((trace) => trace.id === event.id)) return sender;
  const message = messageOf(prepared);
  const repeatKey = repeatKeyOf(prepared);
  const places = message ? placesOf(prepared) : [];
  // An edit is no further message.
  const counts = band === 'allow' && event.kind === 'MessagePosted';
  const trace: EventTrace = {
    id: event.id,
    at: event.occurredAt,
    ...(message ? { messageId: message.messageId } : {}),
    ...(repeatKey === undefined ? {} : { fingerprint: repeatKey }),
    ...(places.length === 0 ? {} : { places }),
    ...(band === 'allow' ? {} : { bad: true as const }),
    ...(counts ? { allowed: true as const } : {}),
  };
  return {
    ...sender,
    seen: [...sender.seen, trace].slice(-SEEN_MAX),
    allowedCount: sender.allowedCount + (counts ? 1 : 0),
    firstSeenAt: Math.min(sender.firstSeenAt, event.occurredAt),
    albums: nextAlbums(prepared, sender, band === 'act'),
  };
}

function nextAlbums(prepared: Prepared, sender: SenderContext, bad: boolean): AlbumTrace[] {
  const message = messageOf(prepared);
  if (message?.albumId === undefined) return sender.albums;
  const { albumId, messageId } = message;
  const former = albumOf(prepared, sender);
  const now: AlbumTrace = {
    albumId,
    messageIds: [...new Set([...(former?.messageIds ?? []), messageId])],
    ...(bad || former?.bad ? { bad: true as const } : {}),
  };
  return [...sender.albums.filter((album) => album.albumId !== albumId), now].slice(-ALBUMS_MAX);
}
