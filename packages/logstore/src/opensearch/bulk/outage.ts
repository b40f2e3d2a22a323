/** While OpenSearch answers nobody: absent, overloaded as a whole, or it refuses us. The pauses between tries grow. */
import type { Clock, Millis } from '@chatwarden/contracts';
import { backoffMs } from './backoff.ts';
import type { Again } from './read-answer.ts';
import { sparseLog, type StoreLog } from './sparse-log.ts';

export interface Outage {
  isOn(): boolean;
  /** The next try may not begin before. */
  until(): Millis;
  failed(answer: Again, waiting: number): void;
  answered(): void;
}

export interface OutageOptions {
  clock: Pick<Clock, 'now'>;
  log: StoreLog;
  random: () => number;
}

export function createOutage({ clock, log, random }: OutageOptions): Outage {
  const say = sparseLog(log, clock);
  let failures = 0;
  let until = 0;

  function failed({ because, reason }: Again, waiting: number): void {
    const now = clock.now();
    // Requests that were under way together fail together, and that is one failure.
    if (until <= now) until = now + backoffMs(++failures, random);
    const fields = { reason, failures, waiting };
    if (because === 'operator') say('error', 'OpenSearch refuses us; documents are kept and wait', fields);
    else say('warn', 'OpenSearch is away or overloaded; documents wait', fields);
  }

  function answered(): void {
    if (failures > 0) log.info({ failures }, 'OpenSearch takes documents again');
    failures = 0;
    until = 0;
  }

  return { isOn: () => failures > 0, until: () => until, failed, answered };
}
