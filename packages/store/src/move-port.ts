/** What moving groups between detectors needs to know: a part of the Store port. */
import type { Colour, GroupId, Millis, Revision } from '@chatwarden/contracts';

export interface Publisher {
  name: string;
  /** What it has applied: no record of its is on the way by older routes. */
  revision: Revision;
  expiresAt: Millis;
}

/** Processes that publish events. See docs/adr/0013: an entry that expired is not gone by that alone. */
export interface Publishers {
  /** Says that the publisher is there, until `at + termMs`, and by which routes it publishes. */
  reportPublisher(report: { name: string; revision: Revision; at: Millis; termMs: number }): Promise<void>;
  /** All that have not applied the revision, by name. */
  publishersBehind(revision: Revision, at: Millis): Promise<(Publisher & { expired: boolean })[]>;
  /** It publishes nothing any more, and says so itself. */
  withdrawPublisher(name: string): Promise<void>;
  /** Somebody else knows that it is gone. Resolves to false when it has reported since `expiresAt` was read. */
  dropPublisher(publisher: { name: string; expiresAt: Millis }): Promise<boolean>;
}

export interface Gates {
  /** Which colour consumes from now on; a new revision when that is a change. Rejects with `unknownGroup` (never). */
  setGate(groupId: GroupId, colour: Colour): Promise<{ revision: Revision }>;
  gateOf(groupId: GroupId): Promise<{ colour: Colour; revision: Revision } | null>;
}

export interface RetiredTopic {
  groupId: GroupId;
  retiredAt: Millis;
  unread: boolean;
}

export interface RetiredTopics {
  /** The group's own topic gets no record any more, from `at` on; of two times the later counts. */
  retireTopic(groupId: GroupId, at: Millis): Promise<void>;
  /** Those retired before `at`, eldest first. */
  listRetiredTopics(at: Millis): Promise<RetiredTopic[]>;
  /** Whether something in it was never judged, and its own detectors are gone: the shared ones consume it meanwhile. */
  markUnread(groupId: GroupId, unread: boolean): Promise<void>;
  /** What the shared detectors are to consume besides their own topic. */
  listUnreadTopics(): Promise<GroupId[]>;
  /** The topic is deleted, or in use again. */
  forgetRetiredTopic(groupId: GroupId): Promise<void>;
}
