/** Questions about all TelegramGroups at once, answered from the cache without going through all of it each time. */
import type { TelegramGroup } from '@chatwarden/contracts';
import { keyOf } from '@chatwarden/kube';

export interface GroupIndex {
  put(group: TelegramGroup): void;
  remove(key: string): void;
  /** The eldest TelegramGroup of that chat, by key. */
  eldestOf(chatId: number): string | undefined;
  /** Of the same chat, but for `key`. */
  othersOf(chatId: number, key: string): string[];
  /** Whether it is among the first `ceiling` that want to be dedicated. */
  isWithinCeiling(key: string): boolean;
  /** Dedicated ones that were not, since there was no place: now one may be free. */
  waitingForPlace(): string[];
  /** By our own id of the group. */
  keyOfGroup(groupId: string): string | undefined;
}

interface Entry {
  key: string;
  chatId: number;
  createdAt: string;
  uid: string;
  wantsDedicated: boolean;
  groupId: string | undefined;
}

export function createGroupIndex(ceiling: number): GroupIndex {
  const entries = new Map<string, Entry>();
  const byChat = new Map<number, Set<Entry>>();
  const byGroup = new Map<string, string>();
  /** Who wants to be dedicated, found anew only after a change among them: it is asked at every change of any group. */
  let places: { within: Set<string>; waiting: string[] } | undefined;

  function remove(key: string): void {
    const entry = entries.get(key);
    if (!entry) return;
    entries.delete(key);
    const ofChat = byChat.get(entry.chatId);
    ofChat?.delete(entry);
    if (ofChat?.size === 0) byChat.delete(entry.chatId);
    if (entry.groupId !== undefined && byGroup.get(entry.groupId) === key) byGroup.delete(entry.groupId);
    if (entry.wantsDedicated) places = undefined;
  }

  function put({ metadata, spec, status }: TelegramGroup): void {
    const key = keyOf(metadata);
    const former = entries.get(key);
    const wantsDedicated = spec.isolation === 'Dedicated' && metadata.deletionTimestamp === undefined;
    const wanted = former?.wantsDedicated ?? false;
    const kept = wanted === wantsDedicated && (!wanted || former?.uid === metadata.uid) ? places : undefined;
    remove(key);
    places = kept;
    const { creationTimestamp: createdAt, uid } = metadata;
    const entry = { key, chatId: spec.chatId, createdAt, uid, wantsDedicated, groupId: status?.groupId };
    entries.set(key, entry);
    const ofChat = byChat.get(entry.chatId) ?? new Set();
    byChat.set(entry.chatId, ofChat.add(entry));
    if (entry.groupId !== undefined) byGroup.set(entry.groupId, key);
  }

  const eldestOf = (chatId: number) => [...(byChat.get(chatId) ?? [])].toSorted(byAge).at(0)?.key;
  const placesNow = () => (places ??= share([...entries.values()].filter(({ wantsDedicated }) => wantsDedicated)));

  function share(wanting: readonly Entry[]) {
    const keys = wanting.toSorted(byAge).map(({ key }) => key);
    return { within: new Set(keys.slice(0, ceiling)), waiting: keys.slice(ceiling) };
  }

  return {
    put,
    remove,
    eldestOf,
    othersOf: (chatId, key) =>
      [...(byChat.get(chatId) ?? [])].map((entry) => entry.key).filter((other) => other !== key),
    isWithinCeiling: (key) => placesNow().within.has(key),
    waitingForPlace: () => placesNow().waiting,
    keyOfGroup: (groupId) => byGroup.get(groupId),
  };
}

/** Times have whole seconds, and the uid decides among equals. */
function byAge(one: Entry, other: Entry): number {
  return one.createdAt.localeCompare(other.createdAt) || one.uid.localeCompare(other.uid);
}
