/**
 * What detection remembers between messages. `SenderContext` is written by detect alone, with a version that must
 * match; what people decided about a sender is `Standing`, joined on reading.
 */
import type { Id, Millis } from './ids.ts';

/** One event folded in earlier: its id makes redelivery harmless, the rest serves repeats, floods and sweeps. */
export interface EventTrace {
  id: Id;
  at: Millis;
  messageId?: number;
  /** 64 bits as 16 hex digits: near-duplicate fingerprint of the folded text, for short text a hash; absent for a yes. */
  fingerprint?: string;
  /** Hashes of the places that it led to (hosts, handles), so that an edit shows which one it adds. */
  places?: string[];
  /** Judged act or ask. */
  bad?: true;
  /** Added one to `allowedCount`. */
  allowed?: true;
}

/** Parts of an album arrive one by one and share a fate. */
export interface AlbumTrace {
  albumId: string;
  messageIds: number[];
  bad?: true;
}

export interface SenderContext {
  /** 0 for a sender never seen; the store accepts a save only at the version that was loaded. */
  version: number;
  /** Newest last, bounded. */
  seen: EventTrace[];
  allowedCount: number;
  firstSeenAt: Millis;
  albums: AlbumTrace[];
}

export type Standing = 'none' | 'approved' | 'cleared' | 'sanctioned';

/** How often others posted the same thing within the last 48 hours. */
export interface CampaignCount {
  /** As in `Prepared.campaignKeys`. */
  key: string;
  /** Senders other than the event's; somebody in two groups counts twice. */
  senders: number;
  /** Groups that they posted it in. */
  groups: number;
  /** One of those was judged spam. */
  bad?: true;
  /** Who else posted it in this group: absent when nobody but the sender did. */
  here?: {
    /** Senders other than the event's. */
    others: number;
    /** When the first of them did. */
    firstAt: Millis;
  };
}

export interface Context {
  sender: SenderContext;
  standing: Standing;
  /** Earlier incidents that ended in `act`, corrections taken into account. */
  priorOffences: number;
  campaigns: CampaignCount[];
}

/** The context of a sender never seen, at the event's own time. */
export function firstContext(at: Millis): Context {
  return {
    sender: { version: 0, seen: [], allowedCount: 0, firstSeenAt: at, albums: [] },
    standing: 'none',
    priorOffences: 0,
    campaigns: [],
  };
}
