/** Whoever wants to hear of something. What one of them does wrong is logged and counted, and told to no other. */
import type { KubeLog } from '../log.ts';
import type { KubeObject } from '../objects.ts';
import type { Change } from './cache.ts';

export type ChangeHandler<T extends KubeObject> = (change: Change<T>) => unknown;

export interface Handlers<E> {
  add(handler: (told: E) => unknown, already?: readonly E[]): void;
  tell(all: readonly E[]): void;
}

export interface HandlersOptions<E> {
  /** Of the informer. */
  name: string;
  /** What a handler failed on, after `a handler failed on `. */
  describe(told: E): { what: string; object?: string };
  log: KubeLog;
  onError(): void;
}

export function createHandlers<E>({ name, describe, log, onError }: HandlersOptions<E>): Handlers<E> {
  const handlers: ((told: E) => unknown)[] = [];

  function call(handler: (told: E) => unknown, told: E): void {
    const failed = (error: unknown) => {
      onError();
      const { what, ...fields } = describe(told);
      log.error({ err: error, informer: name, ...fields }, `a handler failed on ${what}`);
    };
    try {
      void Promise.resolve(handler(told)).catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  return {
    add: (handler, already = []) => {
      handlers.push(handler);
      for (const one of already) call(handler, one);
    },
    tell: (all) => {
      for (const one of all) for (const handler of handlers) call(handler, one);
    },
  };
}
