/** Tells that a kind has come to the cluster or has gone: what was so when the cache had synced is no news. */
import { createHandlers, type HandlersOptions } from './handlers.ts';

export type ServedHandler = (isServed: boolean) => unknown;

export interface Served {
  /** Something may have changed. */
  look(): void;
  onServed(handler: ServedHandler): void;
}

export interface ServedOptions extends Omit<HandlersOptions<boolean>, 'describe'> {
  hasSynced(): boolean;
  isServed(): boolean;
}

export function createServed({ hasSynced, isServed, ...rest }: ServedOptions): Served {
  const describe = (served: boolean) => ({ what: `a kind that ${served ? 'came' : 'went'}` });
  const handlers = createHandlers<boolean>({ ...rest, describe });
  let before: boolean | undefined;

  function look(): void {
    const now = isServed();
    if (!hasSynced() || before === now) return;
    const isNews = before !== undefined;
    before = now;
    if (isNews) handlers.tell([now]);
  }

  return { look, onServed: (handler) => handlers.add(handler) };
}
