/**
 * What happened, in order, for tests and load tools to compare a bot with. Append-only and bounded: at most a quarter
 * more than `max` entries are kept, the oldest go first, and dropping them costs O(1) per entry.
 */
import type { Fault } from '../faults/rule.ts';

export type EffectKind =
  | 'messageSent'
  | 'messageEdited'
  | 'messageDeleted'
  | 'joinRequested'
  | 'joinDeclined'
  | 'memberJoined'
  | 'memberLeft'
  | 'memberPromoted'
  | 'memberDemoted'
  | 'memberBanned'
  | 'memberUnbanned'
  | 'memberRestricted'
  | 'memberUnrestricted'
  | 'permissionsChanged'
  | 'senderChatBanned'
  | 'senderChatUnbanned'
  | 'buttonPressed'
  | 'pressAnswered'
  | 'reactionChanged'
  | 'topicCreated'
  | 'topicEdited'
  | 'topicClosed'
  | 'topicReopened'
  | 'topicDeleted'
  | 'chatMigrated'
  | 'botBlocked'
  | 'botUnblocked';

/** One change of the world. `byId` is the user, bot or chat that caused it; `userId` the person (or sender chat) it befell. */
export interface Effect {
  atMs: number;
  kind: EffectKind;
  chatId: number;
  byId: number;
  messageId?: number;
  userId?: number;
  /** Seconds since 1970; 0 means for ever. Bans and restrictions only. */
  untilDate?: number;
  /** The supergroup that a group became. */
  toChatId?: number;
  /** What a press was answered with; the emoji of somebody's reactions; the name of a topic. */
  text?: string;
}

/** One call of the Bot API, written down when it comes in and completed when it is answered. The answer to getUpdates is shortened to its number of updates; the updates are in `deliveries`. */
export interface ApiCall {
  startedAtMs: number;
  /** Undefined while the call is under way, as a long poll is most of the time. */
  endedAtMs?: number;
  botId: number;
  method: string;
  params: Record<string, unknown>;
  ok?: boolean;
  /** The result, or the error's description. With a fault: what came of the call, not what the caller was told. */
  answer?: unknown;
  fault?: InjectedFault;
}

/** A call that was made to go wrong. */
export interface InjectedFault {
  atMs: number;
  /** `down`: the whole server was gone. */
  kind: Fault['kind'] | 'down';
  ruleId?: number;
  botId: number;
  method: string;
  params: Record<string, unknown>;
  /** Whether the call was carried out all the same, and granted: then `effects` has what it changed. */
  effectHappened: boolean;
}

/** The life of one update: queued, handed out (perhaps more than once), confirmed by a higher offset. */
export interface Delivery {
  updateId: number;
  botId: number;
  kind: string;
  chatId: number;
  messageId?: number;
  queuedAtMs: number;
  deliveredAtMs?: number;
  deliveredTimes: number;
  confirmedAtMs?: number;
}

export interface BoundedLog<T> {
  readonly items: readonly T[];
  /** How many entries were dropped so far: `items[0]` is entry number `dropped`. */
  readonly dropped: number;
  push(item: T): void;
}

export function createBoundedLog<T>(max: number): BoundedLog<T> {
  const items: T[] = [];
  let dropped = 0;
  return {
    items,
    get dropped() {
      return dropped;
    },
    push(item) {
      items.push(item);
      if (items.length <= max * 1.25) return;
      dropped += items.splice(0, items.length - max).length;
    },
  };
}

export interface RecordLogs {
  effects: BoundedLog<Effect>;
  apiCalls: BoundedLog<ApiCall>;
  deliveries: BoundedLog<Delivery>;
  faults: BoundedLog<InjectedFault>;
}

export function createRecord(max: number): RecordLogs {
  return {
    effects: createBoundedLog(max),
    apiCalls: createBoundedLog(max),
    deliveries: createBoundedLog(max),
    faults: createBoundedLog(max),
  };
}
