/**
 * Who else posted the same of late, and what is then to be removed. Keys leave this file as digests under a key of the
 * installation: what was shared cannot be read from them, and the same thing has the same digest in every group. A batch
 * counts what the store had and what came earlier in the batch itself, each message once, so that a batch that is judged
 * again counts the same.
 */
import {
  DELETABLE_FOR_MS,
  INSTALLATION,
  isSanctionable,
  recordTraceparent,
  rootTraceparent,
  verdictId,
  type CampaignCount,
  type Id,
  type Judgement,
  type Millis,
  type Verdict,
} from '@chatwarden/contracts';
import { contentDigest } from '@chatwarden/keys';
import { isTextKey, type Prepared } from '@chatwarden/detector';
import type { Copy, Sighting } from '@chatwarden/store';
import type { DetectDeps } from './detect-deps.ts';
import type { Judged } from './judged.ts';

/** Words that were judged by themselves, and not what came beside them, speak for every copy. */
const WORDS_MIN = 2;

export interface SharedKey {
  /** As in `Prepared.campaignKeys`. */
  key: string;
  digest: Id;
}

/** A message and what copies of it would share; nothing for edits and for who cannot be sanctioned. */
export interface Shared {
  prepared: Prepared;
  shared: readonly SharedKey[];
}

export async function withSharedKeys(batch: readonly Prepared[], { keys }: DetectDeps): Promise<Shared[]> {
  const installation = await keys.key(INSTALLATION, 'digest');
  return batch.map((prepared) => {
    const { event, campaignKeys } = prepared;
    if (event.kind !== 'MessagePosted' || !isSanctionable(event.sender)) return { prepared, shared: [] };
    return { prepared, shared: campaignKeys.map((key) => ({ key, digest: contentDigest(installation, key) })) };
  });
}

export interface CampaignMemory {
  countsFor(prepared: Prepared, shared: readonly SharedKey[]): CampaignCount[];
  add(sightings: readonly Sighting[]): void;
}

export function createCampaignMemory(loaded: readonly Sighting[]): CampaignMemory {
  const byDigest = new Map<Id, Map<Id, Sighting>>();

  function add(sightings: readonly Sighting[]): void {
    for (const sighting of sightings) {
      const events = byDigest.get(sighting.key) ?? new Map<Id, Sighting>();
      byDigest.set(sighting.key, events.set(sighting.eventId, sighting));
    }
  }

  function countsFor({ event }: Prepared, shared: readonly SharedKey[]): CampaignCount[] {
    const isOthers = (one: Sighting) =>
      isBefore(one, event) && !(one.groupId === event.groupId && one.sender === event.sender.key);
    return shared.flatMap(({ key, digest }) => {
      const others = [...(byDigest.get(digest)?.values() ?? [])].filter(isOthers);
      return others.length === 0 ? [] : [countOf(key, others, event.groupId)];
    });
  }

  add(loaded);
  return { countsFor, add };
}

/** Telegram's times are whole seconds; within one the ids of a chat tell the order. */
function isBefore(one: Sighting, event: Prepared['event']): boolean {
  if (one.eventId === event.id || one.at > event.occurredAt) return false;
  const id = 'message' in event ? event.message.messageId : Infinity;
  return one.at < event.occurredAt || one.groupId !== event.groupId || one.messageId < id;
}

function countOf(key: string, others: readonly Sighting[], groupId: string): CampaignCount {
  const here = others.filter((one) => one.groupId === groupId);
  const senders = (of: readonly Sighting[]) => new Set(of.map((one) => `${one.groupId} ${one.sender}`)).size;
  return {
    key,
    senders: senders(others),
    groups: new Set(others.map((one) => one.groupId)).size,
    ...(others.some((one) => one.bad) ? { bad: true as const } : {}),
    ...(here.length === 0 ? {} : { here: { others: senders(here), firstAt: Math.min(...here.map((one) => one.at)) } }),
  };
}

/** What a judged message leaves for those after it: its text always, the rest only of newcomers and of spam. */
export function sightingsOf(
  { event, judgement, isNewcomer }: Pick<Judged, 'event' | 'judgement'> & { isNewcomer: boolean },
  shared: readonly SharedKey[],
): Sighting[] {
  if (!('message' in event)) return [];
  const bad = judgement.band === 'act';
  const kept = shared.filter(({ key }) => isNewcomer || bad || isTextKey(key));
  return kept.map(({ digest }) => ({
    key: digest,
    groupId: event.groupId,
    sender: event.sender.key,
    senderAs: event.sender.as,
    messageId: event.message.messageId,
    eventId: event.id,
    at: event.occurredAt,
    newcomer: isNewcomer,
    bad,
  }));
}

export interface Sweep {
  verdicts: Verdict[];
  /** The copies, now bad. */
  sightings: Sighting[];
}

/** Earlier copies of what was judged spam by its words, everywhere. One verdict per copy, the same when judged again. */
export async function sweepCopies(judged: readonly Judged[], { contexts, clock }: DetectDeps): Promise<Sweep> {
  const causes = new Map<Id, Judged>();
  for (const one of judged) {
    if (one.textDigest !== undefined && isSpamByItsWords(one.judgement)) causes.set(one.textDigest, one);
  }
  const newest = Math.max(...judged.map(({ event }) => event.occurredAt));
  const stored = await contexts.findCopies({ keys: [...causes.keys()], since: newest - DELETABLE_FOR_MS });
  const inBatch = new Set(judged.map(({ event }) => event.id));
  const all = [...stored.filter(({ eventId }) => !inBatch.has(eventId)), ...copiesWithin(judged, causes)];
  return {
    verdicts: all.map((copy) => toVerdict(copy, causes.get(copy.key) as Judged, clock.now())),
    sightings: all.map(({ chatId: _chat, botId: _bot, ...sighting }) => ({ ...sighting, bad: true })),
  };
}

/** Those that came in the same batch, and so are in no table yet. */
function copiesWithin(judged: readonly Judged[], causes: ReadonlyMap<Id, Judged>): Copy[] {
  return judged.flatMap(({ event: { chatId, botId }, sightings }) =>
    sightings
      .filter(({ key, newcomer, bad }) => newcomer && !bad && causes.has(key))
      .map((sighting) => ({ ...sighting, chatId, botId })),
  );
}

function isSpamByItsWords({ band, checks }: Judgement): boolean {
  return (
    band === 'act' && checks.some(({ name, weight }) => (name === 'text' || name === 'campaign') && weight >= WORDS_MIN)
  );
}

/** No sender: of an allowed message nobody kept who wrote it. */
function toVerdict(copy: Copy, { event, judgement }: Judged, judgedAt: Millis): Verdict {
  const reason = 'a copy of this message was judged spam';
  const id = verdictId(copy.eventId, 'campaign');
  return {
    schema: 'verdict/1',
    kind: 'Verdict',
    id,
    groupId: copy.groupId,
    botId: copy.botId,
    chatId: copy.chatId,
    occurredAt: copy.at,
    receivedAt: event.receivedAt,
    traceparent: recordTraceparent(rootTraceparent(copy.eventId), id),
    revision: event.revision,
    eventId: copy.eventId,
    eventKind: 'MessagePosted',
    stage: 'campaign',
    supersedes: verdictId(copy.eventId, 'detect'),
    band: 'act',
    score: judgement.score,
    checks: [{ name: 'campaign', fired: true, weight: 0, reason }],
    reasons: [reason],
    detector: judgement.detector,
    priorOffences: 0,
    sender: { key: copy.sender, as: copy.senderAs, role: 'unknown' },
    targets: { messageIds: [copy.messageId] },
    judgedAt,
  };
}
