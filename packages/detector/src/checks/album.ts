import type { AlbumTrace, SenderContext } from '@chatwarden/contracts';
import type { Prepared } from '../prepared.ts';
import { messageOf, nothing, type Check } from './check.ts';

/** A part of an album that was judged bad is bad on arrival. */
const WEIGHT = 6;

/** The album that this message belongs to, as far as it has been seen. */
export function albumOf(prepared: Prepared, sender: SenderContext): AlbumTrace | undefined {
  const albumId = messageOf(prepared)?.albumId;
  return albumId === undefined ? undefined : sender.albums.find((album) => album.albumId === albumId);
}

export const album: Check = {
  name: 'album',
  describe: 'Further parts of an album of which one was acted on: they arrive one by one and share a fate',
  weights: [WEIGHT, WEIGHT],
  find: ({ prepared, context }) =>
    albumOf(prepared, context.sender)?.bad
      ? { weight: WEIGHT, reason: 'part of an album that was acted on' }
      : nothing('no part of a bad album'),
};
