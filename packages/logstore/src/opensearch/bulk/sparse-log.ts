import type { Clock, Millis } from '@chatwarden/contracts';

/** The part of a logger that is needed here. */
export interface StoreLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const EVERY_MS = 30_000;

/** Says the same thing again only after a while, with how often it happened meanwhile. */
export function sparseLog(log: StoreLog, clock: Pick<Clock, 'now'>) {
  const said = new Map<string, { at: Millis; unsaid: number }>();
  return (level: 'warn' | 'error', message: string, fields: object): void => {
    const before = said.get(message);
    const now = clock.now();
    if (before && now - before.at < EVERY_MS) {
      before.unsaid++;
      return;
    }
    said.set(message, { at: now, unsaid: 0 });
    log[level]({ ...fields, ...(before?.unsaid ? { unsaid: before.unsaid } : {}) }, message);
  };
}
