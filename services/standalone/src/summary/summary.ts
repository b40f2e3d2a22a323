/** What the terminal shows: one line for each thing that was acted on or asked about, and a running total. */
import type { ActionKind, ActionTaken, Band, Clock, Verdict } from '@chatwarden/contracts';
import type { Bus, Subscription } from '@chatwarden/bus';
import { createLatencies } from './latencies.ts';

export interface SummaryDeps {
  bus: Bus;
  clock: Clock;
  print: (line: string) => void;
  /** Looked up when a line is printed; a group may be newer than this process. */
  titleOf: (groupId: string) => Promise<string>;
  /** In a corpus run single verdicts are too many to read. */
  verdictLines: boolean;
}

export interface Summary {
  start(): Promise<void>;
  /** The running total, as printed. */
  total(): string;
  stop(): Promise<void>;
}

const EVERY_MS = 5000;
const BATCH_MAX = 500;

export function createSummary(deps: SummaryDeps): Summary {
  const bands: Record<Band, number> = { act: 0, ask: 0, allow: 0 };
  const actions = new Map<ActionKind, number>();
  const latencies = createLatencies();
  const subscriptions: Subscription[] = [];
  const stopping = new AbortController();
  let failed = 0;
  let ticking: Promise<void> = Promise.resolve();

  async function onVerdict(verdict: Verdict): Promise<void> {
    if (verdict.stage === 'moderator') return;
    bands[verdict.band] += 1;
    if (!deps.verdictLines || verdict.band === 'allow') return;
    deps.print(verdictLine(verdict, await deps.titleOf(verdict.groupId)));
  }

  function onAction(taken: ActionTaken): void {
    if (taken.outcome.result === 'failed') failed += 1;
    if (taken.outcome.result !== 'done') return;
    actions.set(taken.actionKind, (actions.get(taken.actionKind) ?? 0) + 1);
    if (taken.actionKind === 'deleteMessage') latencies.add(taken.takenAt - taken.receivedAt);
  }

  function total(): string {
    const of = (kind: ActionKind) => actions.get(kind) ?? 0;
    const events = bands.act + bands.ask + bands.allow;
    const ms = (share: number) => `${latencies.percentile(share) ?? '-'} ms`;
    return [
      `${events} events: ${bands.allow} allowed, ${bands.ask} asked, ${bands.act} acted on`,
      `${of('deleteMessage')} deleted, ${of('restrict')} restricted, ${of('ban')} banned, ${of('postCard')} cards`,
      ...(failed > 0 ? [`${failed} actions failed`] : []),
      `delivery to deletion p50 ${ms(0.5)}, p99 ${ms(0.99)}`,
    ].join(' | ');
  }

  async function tick(): Promise<void> {
    let former = '';
    while (!stopping.signal.aborted) {
      await deps.clock.sleep(EVERY_MS, stopping.signal);
      const now = total();
      if (now !== former) deps.print(now);
      former = now;
    }
  }

  async function start(): Promise<void> {
    const group = 'summary';
    const { bus } = deps;
    subscriptions.push(
      await bus.subscribe({ topic: 'verdicts', group, batchMax: BATCH_MAX, handle: each(onVerdict) }),
      await bus.subscribe({ topic: 'actions', group, batchMax: BATCH_MAX, handle: each(onAction) }),
    );
    ticking = tick();
  }

  async function stop(): Promise<void> {
    stopping.abort();
    await ticking;
    for (const subscription of subscriptions) await subscription.close();
  }

  return { start, total, stop };
}

function each<T>(see: (record: T) => Promise<void> | void): (batch: readonly T[]) => Promise<readonly []> {
  return async (batch) => {
    for (const record of batch) await see(record);
    return [];
  };
}

function verdictLine(verdict: Verdict, title: string): string {
  const percent = Math.round(verdict.score * 100);
  return `${verdict.band} ${percent} % in "${title}": ${verdict.reasons.slice(0, 3).join('; ')}`;
}
