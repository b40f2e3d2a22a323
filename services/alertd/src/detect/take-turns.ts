/**
 * Two versions of a group's own detector, blue and green, share one consumer group, and the group's gate says whose turn
 * it is. Who has it joins once Kafka knows no member of the other colour; who has it no more finishes the batch in hand,
 * commits and leaves. Both have loaded everything, so a switch costs one rebalance. A moment in which both are members
 * does no harm: a partition has one of them, and contexts have versions.
 */
import type { Subscription } from '@chatwarden/bus';
import { colourOf, messageOf, type Clock, type Colour } from '@chatwarden/contracts';
import { runLoop, type Logger, type LoopFailure } from '@chatwarden/daemon';
import { unlessAborted } from './unless-aborted.ts';

export interface TakeTurnsDeps {
  colour: Colour;
  /** Reads the gate anew; whose turn it is where that was never said, is blue's. */
  gate(): Promise<Colour | undefined>;
  /** Client ids of who is in the consumer group. */
  members(): Promise<readonly string[]>;
  join(): Promise<Subscription>;
  /** Whether this process judges, whenever that changes. */
  onTurn(judges: boolean): void;
  clock: Clock;
  log: Logger;
}

export interface Turns {
  /** What this process does at the moment, for people. Throws while it can neither judge nor be relied on to begin. */
  state(): string;
  /** Leaves the consumer group, if it is in it. */
  stop(): Promise<void>;
}

const EVERY_MS = 1000;

type State = 'starting' | 'standing by' | 'waiting for the other colour to leave' | 'joining' | 'judging';

export function takeTurns(deps: TakeTurnsDeps): Turns {
  const { colour, clock, log } = deps;
  const stopping = new AbortController();
  let state: State = 'starting';
  let subscription: Subscription | undefined;

  async function step(): Promise<number> {
    const hasTurn = ((await deps.gate()) ?? 'blue') === colour;
    if (hasTurn && !subscription) await begin();
    if (!hasTurn && subscription) await end();
    if (!subscription && !hasTurn) state = 'standing by';
    return EVERY_MS;
  }

  async function begin(): Promise<void> {
    const others = (await deps.members()).filter((clientId) => isOther(clientId, colour));
    if (others.length > 0) {
      state = 'waiting for the other colour to leave';
      return;
    }
    state = 'joining';
    subscription = await unlessAborted(deps.join(), stopping.signal);
    if (!subscription) return;
    state = 'judging';
    deps.onTurn(true);
    log.info({ colour }, `${colour} judges now`);
  }

  async function end(): Promise<void> {
    await subscription?.close();
    subscription = undefined;
    state = 'standing by';
    deps.onTurn(false);
    log.info({ colour }, `${colour} has handed over, and stands by`);
  }

  const onError = ({ error, failures }: LoopFailure) => {
    if (failures === 1) log.warn({ err: error, colour }, `${colour} goes on as it was: ${messageOf(error)}`);
  };
  deps.onTurn(false);
  const turns = runLoop({ name: 'turns', clock, signal: stopping.signal, step, onError });

  return {
    state() {
      if (state === 'starting' || state === 'joining') throw new Error(`${colour} is ${state}`);
      return `${colour} is ${state}`;
    },
    async stop() {
      stopping.abort();
      await turns;
      if (subscription) await end();
    },
  };
}

function isOther(clientId: string, colour: Colour): boolean {
  const theirs = colourOf(clientId);
  return theirs !== undefined && theirs !== colour;
}
