/**
 * Accepts one batch of updates: when the promise resolves, every event in it has been accepted by the bus and every
 * command carried out, so the updates may be confirmed to Telegram. Order is kept: events before a command are
 * published before it runs, so that "/mode enforce" is obeyed by the next message.
 */
import { MessageEvent, messageOf, retryClassOf, type ChatEvent, type Clock } from '@chatwarden/contracts';
import type { Bus } from '@chatwarden/bus';
import type { Logger, Tracer } from '@chatwarden/daemon';
import { contentDigest, pseudonymOf } from '@chatwarden/keys';
import type { SettingsCache } from '@chatwarden/store';
import type { ChatMemberUpdated } from '@grammyjs/types';
import { Compile } from 'typebox/compile';
import type { Press } from '../cards/press.ts';
import type { CommandCall } from '../commands/command.ts';
import type { Commands } from '../commands/commands.ts';
import type { BotMetrics } from '../metrics.ts';
import { rightsOf } from '../rights/bot-rights.ts';
import { receiveSpan, sendEventsSpan } from '../spans.ts';
import type { Message, Update } from '../telegram/telegram-api.ts';
import type { ChatFacts, ChatFactsSource } from './chat-facts.ts';
import type { EnsureGroup, KnownGroup } from './ensure-group.ts';
import type { Routes } from './follow-routes.ts';
import { toChatEvent } from './to-chat-event.ts';

export interface AcceptDeps {
  bus: Bus;
  ensureGroup: EnsureGroup;
  facts: ChatFactsSource;
  commands: Commands;
  press: Press;
  clock: Clock;
  log: Logger;
  metrics: BotMetrics;
  tracer: Tracer;
  /** What this process has applied of policies and routes. */
  settings: Pick<SettingsCache, 'revision' | 'topicOf'>;
  routes: Pick<Routes, 'inUse'>;
}

export type AcceptUpdates = (updates: readonly Update[]) => Promise<void>;

export function createAcceptUpdates(deps: AcceptDeps): AcceptUpdates {
  return async (updates) => {
    const events: ChatEvent[] = [];
    for (const update of updates) {
      const taken = await take(update, deps);
      if (taken.event) events.push(taken.event);
      if (!taken.run) continue;
      await publish(events.splice(0), deps);
      await runSafely(taken.run, update, deps);
    }
    await publish(events, deps);
  };
}

/**
 * What a person asked for may wait for a dependency, and then the batch comes again. Anything else that goes wrong with
 * it must not hold up the messages behind it.
 */
async function runSafely(run: () => Promise<void>, update: Update, { log }: AcceptDeps): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (retryClassOf(error) === 'later') throw error;
    log.error({ err: error, updateId: update.update_id }, 'a command or a press failed and is skipped');
  }
}

async function publish(events: ChatEvent[], { bus, metrics, settings, routes, tracer }: AcceptDeps): Promise<void> {
  const startedAt = tracer.now();
  await routes.inUse(async () => {
    const byTopic = Map.groupBy(events, ({ groupId }) => settings.topicOf(groupId));
    await Promise.all([...byTopic].map(([topic, records]) => bus.publish(topic, records)));
  });
  metrics.eventsAccepted.inc(events.length);
  tracer.recordEach(events, (event) => sendEventsSpan(event, startedAt, events.length));
  tracer.recordEach(events, receiveSpan);
}

interface Taken {
  event?: MessageEvent;
  /** Something to do in its place in the order. */
  run?: () => Promise<void>;
}

/** Null for a message that lacks what every message has, whoever sent it. */
function sound(message: Message | undefined): Message | null {
  const usable =
    typeof message?.message_id === 'number' && typeof message.chat?.id === 'number' && typeof message.date === 'number';
  return usable ? message : null;
}

async function take(update: Update, deps: AcceptDeps): Promise<Taken> {
  const kind = Object.keys(update).find((field) => field !== 'update_id') ?? 'empty';
  deps.metrics.updates.inc({ kind });
  const posted = update.message ?? update.edited_message;
  if (posted) {
    const message = sound(posted);
    if (message) return takeMessage(message, update.message ? 'MessagePosted' : 'MessageEdited', deps);
    deps.log.warn({ updateId: update.update_id }, 'skipping a message without id, chat or date');
    deps.metrics.updatesIgnored.inc({ reason: 'malformed' });
    return {};
  }
  const { callback_query: query, my_chat_member: own, chat_member: member } = update;
  if (query) return { run: () => deps.press(query) };
  if (own) return { run: () => botMemberChanged(own, deps) };
  if (member && concernsRights(member)) deps.facts.forget(member.chat.id);
  return {};
}

/** Whether who moderates the chat has changed; members come and go without that. */
function concernsRights({ old_chat_member: before, new_chat_member: after }: ChatMemberUpdated): boolean {
  return [before?.status, after?.status].some((status) => status === 'administrator' || status === 'creator');
}

/** Tells the new rights at once, and not with the next message. Who is not there any more has nothing to read. */
async function botMemberChanged({ chat, new_chat_member: own }: ChatMemberUpdated, deps: AcceptDeps): Promise<void> {
  const { ensureGroup, facts } = deps;
  if (chat.type === 'private') return;
  if (!rightsOf(own).present) {
    facts.gone(chat.id);
    ensureGroup.left(chat.id);
    return;
  }
  ensureGroup.returned(chat.id);
  if (!(await ensureGroup.ensure(chat))) return;
  facts.forget(chat.id);
  await facts.factsOf(chat.id);
}

async function takeMessage(message: Message, kind: MessageEvent['kind'], deps: AcceptDeps): Promise<Taken> {
  if (message.chat.type === 'private') {
    return kind === 'MessagePosted' ? { run: () => deps.commands.inPrivate(message) } : {};
  }
  const { migrate_to_chat_id: migratedTo } = message;
  if (migratedTo !== undefined) return { run: () => deps.ensureGroup.migrate(message.chat.id, migratedTo) };
  const known = await deps.ensureGroup.ensure(message.chat);
  if (!known) return {};
  const facts = await deps.facts.factsOf(message.chat.id);
  const result = reduce(message, kind, { known, facts, deps });
  if ('ignored' in result) {
    deps.metrics.updatesIgnored.inc({ reason: result.ignored });
    return {};
  }
  const call: CommandCall = { message, event: result.event, known };
  const run = kind === 'MessagePosted' ? deps.commands.inGroup(call) : null;
  return run ? { run } : { event: result.event };
}

const isSound = Compile(MessageEvent);

interface Reduction {
  known: KnownGroup;
  facts: ChatFacts;
  deps: AcceptDeps;
}

/** A message of a shape that breaks us is skipped with its reason: stopping would cost every message behind it. */
function reduce(message: Message, kind: MessageEvent['kind'], { known, facts, deps }: Reduction) {
  const { digest, pseudonym } = known.keys;
  try {
    const result = toChatEvent(message, kind, {
      group: known.group,
      facts,
      receivedAt: deps.clock.now(),
      revision: Math.max(known.revision, deps.settings.revision()),
      pseudonym: (telegramId) => pseudonymOf(pseudonym, telegramId),
      digest: (content) => contentDigest(digest, content),
    });
    // Whoever judges it trusts its types.
    if ('event' in result && !isSound.Check(result.event)) {
      throw new Error(`not what an event is, at ${isSound.Errors(result.event)[0]?.instancePath ?? '?'}`);
    }
    return result;
  } catch (error) {
    deps.log.error(
      { err: error, messageId: message.message_id },
      `skipping a message that could not be read: ${messageOf(error)}`,
    );
    return { ignored: 'malformed' as const };
  }
}
