/** One look at one TelegramGroup: a literal list of steps, and the status once at the end. */
import {
  messageOf,
  retryClassOf,
  type Clock,
  type TelegramGroup,
  type TelegramGroupStatus,
} from '@chatwarden/contracts';
import { conditionsOf } from './conditions.ts';
import type { Finalize } from './finalize.ts';
import { no, unknown, type Step, type Work } from './work.ts';

export interface NamedStep {
  name: string;
  run: Step;
}

export interface ReconcileDeps {
  steps: readonly NamedStep[];
  finalize: Finalize;
  find(key: string): TelegramGroup | undefined;
  /** Writes when it differs. */
  writeStatus(group: TelegramGroup, status: TelegramGroupStatus): Promise<void>;
  /** After the status was written; what has changed is told as Events. */
  onStatus(group: TelegramGroup, status: TelegramGroupStatus): void;
  onGone(key: string): void;
  clock: Clock;
}

export type Reconcile = (key: string) => Promise<{ requeueAfterMs?: number }>;

export function createReconcile(deps: ReconcileDeps): Reconcile {
  const { steps, finalize, find, clock } = deps;

  return async (key) => {
    const group = find(key);
    if (!group) {
      deps.onGone(key);
      return {};
    }
    const { work, soonest } = begin(key, group, clock.now());
    const trouble =
      group.metadata.deletionTimestamp === undefined ? await walk(steps, work) : await end(finalize, work);
    const status = statusOf(work);
    await deps.writeStatus(group, status);
    deps.onStatus(group, status);
    // The queue waits longer and longer; the status says why.
    if (trouble) throw trouble.error;
    const afterMs = soonest();
    return afterMs === undefined ? {} : { requeueAfterMs: afterMs };
  };
}

function begin(key: string, group: TelegramGroup, now: number) {
  let afterMs: number | undefined;
  const again = (ms: number) => void (afterMs = Math.min(ms, afterMs ?? ms));
  const work: Work = { key, group, now, said: new Map(), status: {}, waits: [], stalls: [], again };
  return { work, soonest: () => afterMs };
}

type Trouble = { error: unknown } | undefined;

async function walk(steps: readonly NamedStep[], work: Work): Promise<Trouble> {
  for (const { name, run } of steps) {
    try {
      if ((await run(work)) === 'end') return undefined;
    } catch (error) {
      return tellTrouble(work, name, error);
    }
  }
  return undefined;
}

async function end(finalize: Finalize, work: Work): Promise<Trouble> {
  try {
    await finalize(work);
    return undefined;
  } catch (error) {
    return tellTrouble(work, 'finalize', error);
  }
}

function tellTrouble(work: Work, step: string, error: unknown): Trouble {
  const message = `${step}: ${messageOf(error)}`;
  if (retryClassOf(error) === 'never')
    work.stalls.push(no('Refused', `${message}. It is of no use to try this again unchanged.`));
  else work.waits.push(unknown('TryingAgain', `${message}. It is tried again.`));
  return { error };
}

/** What a reconcile did not get to is told on, but for what is only true while it lasts. */
function statusOf(work: Work): TelegramGroupStatus {
  const { observedGeneration: _, conditions: __, rollout, ...before } = work.group.status ?? {};
  const looked = work.rollout !== undefined || work.place === 'Shared';
  return {
    ...before,
    ...(looked || rollout === undefined ? {} : { rollout }),
    ...work.status,
    observedGeneration: work.group.metadata.generation,
    conditions: conditionsOf(work),
  };
}
