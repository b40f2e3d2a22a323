/**
 * Carries a call out under what shall go wrong. The record tells the truth that the caller may not get: an entry of
 * `record.faults` says whether the work was done, and `record.effects` has what it changed.
 */
import type { FastifyReply } from 'fastify';
import type { ApiCall, InjectedFault } from '../world/record.ts';
import type { World } from '../world/world.ts';
import { toAnswer } from './answers.ts';
import type { FaultSource } from './faults.ts';
import type { Denial, Slow, Target } from './rule.ts';

export interface CarryOutDeps {
  faults: FaultSource;
  world: World;
}

export interface CallUnderFaults {
  token: string;
  /** In the record already; `run` completes it. */
  entry: ApiCall;
  reply: FastifyReply;
  run(): Promise<unknown>;
}

/** The true answer; or the reply itself, when a fault took it over. Throws what the method throws. */
export async function carryOut(deps: CarryOutDeps, call: CallUnderFaults): Promise<unknown> {
  const { faults, world } = deps;
  const { outage } = faults;
  if (faults.down) return cutByOutage(world, call);
  const struck = faults.strike(targetOf(world, call));
  if (!struck) {
    const outcome = await settle(call);
    return outage.reason === 'down' ? cutByOutage(world, call, outcome) : answer(outcome);
  }
  const noted = note(world, call, struck);
  const scene = { call, world, outage, noted };
  return struck.fault.kind === 'slow' ? delay(struck.fault, scene) : deny(struck.fault, scene);
}

interface Scene {
  call: CallUnderFaults;
  world: World;
  outage: AbortSignal;
  noted: InjectedFault;
}

async function delay(fault: Slow, { call, world, outage, noted }: Scene): Promise<unknown> {
  const isAfter = fault.when === 'afterEffect';
  if (!isAfter) await world.clock.sleep(fault.delayMs, outage);
  if (outage.aborted) {
    refuse(world, call, fault.kind);
    return cut(call.reply);
  }
  const outcome = await settle(call);
  noted.effectHappened = outcome.ok;
  if (isAfter) await world.clock.sleep(fault.delayMs, outage);
  return outage.aborted ? cut(call.reply) : answer(outcome);
}

async function deny(fault: Denial, { call, world, outage, noted }: Scene): Promise<FastifyReply> {
  if (fault.when === 'afterEffect') noted.effectHappened = (await settle(call)).ok;
  else refuse(world, call, fault.kind);
  if (fault.kind === 'cut' || outage.aborted) return cut(call.reply);
  if (fault.kind === 'noAnswer') return hang(call.reply, outage);
  const { code, headers, body } = toAnswer(fault);
  return call.reply.code(code).headers(headers).send(body);
}

type Outcome = { ok: true; result: unknown } | { ok: false; error: unknown };

async function settle({ run }: CallUnderFaults): Promise<Outcome> {
  try {
    return { ok: true, result: await run() };
  } catch (error) {
    return { ok: false, error };
  }
}

function answer(outcome: Outcome): unknown {
  if (outcome.ok) return outcome.result;
  throw outcome.error;
}

function cutByOutage(world: World, call: CallUnderFaults, outcome?: Outcome): FastifyReply {
  const noted = note(world, call, { fault: { kind: 'down' } });
  if (outcome) noted.effectHappened = outcome.ok;
  else refuse(world, call, 'down');
  return cut(call.reply);
}

function note(
  world: World,
  { entry }: CallUnderFaults,
  { ruleId, fault }: { ruleId?: number; fault: { kind: InjectedFault['kind'] } },
): InjectedFault {
  const noted: InjectedFault = {
    atMs: world.clock.now(),
    kind: fault.kind,
    ...(ruleId === undefined ? {} : { ruleId }),
    botId: entry.botId,
    method: entry.method,
    params: entry.params,
    effectHappened: false,
  };
  entry.fault = noted;
  world.record.faults.push(noted);
  return noted;
}

/** Completes the entry of a call that was never carried out. */
function refuse(world: World, { entry }: CallUnderFaults, kind: InjectedFault['kind']): void {
  Object.assign(entry, { endedAtMs: world.clock.now(), ok: false, answer: `fault: ${kind}` });
}

/** Closes the connection without a word. */
export function cut(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.destroy();
  return reply;
}

/** Holds the connection open until the caller gives up, the server goes down or the fake closes. */
function hang(reply: FastifyReply, outage: AbortSignal): FastifyReply {
  reply.hijack();
  const end = () => reply.raw.destroy();
  outage.addEventListener('abort', end);
  reply.raw.once('close', () => outage.removeEventListener('abort', end));
  return reply;
}

function targetOf(world: World, { token, entry }: CallUnderFaults): Target {
  const { botId, method, params } = entry;
  return { token, botId, method, chatId: chatIdOf(world, params), atMs: world.clock.now() };
}

function chatIdOf(world: World, { chat_id: ref }: Record<string, unknown>): number | undefined {
  if (typeof ref !== 'string' && typeof ref !== 'number') return undefined;
  if (!String(ref).startsWith('@')) return Number(ref);
  const name = String(ref).slice(1).toLowerCase();
  for (const { chat } of world.chats.values()) if (chat.username?.toLowerCase() === name) return chat.id;
  return undefined;
}
