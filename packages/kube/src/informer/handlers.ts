/** Whoever wants to hear of changes. What one of them does wrong is logged and counted, and told to no other. */
import type { KubeLog } from '../log.ts';
import { keyOf, type KubeObject } from '../objects.ts';
import type { Change } from './cache.ts';

export type ChangeHandler<T extends KubeObject> = (change: Change<T>) => unknown;

export interface Handlers<T extends KubeObject> {
  add(handler: ChangeHandler<T>, already: readonly T[]): void;
  tell(changes: readonly Change<T>[]): void;
}

export interface HandlersOptions {
  /** Of the informer. */
  name: string;
  log: KubeLog;
  onError(): void;
}

export function createHandlers<T extends KubeObject>({ name, log, onError }: HandlersOptions): Handlers<T> {
  const handlers: ChangeHandler<T>[] = [];

  function call(handler: ChangeHandler<T>, change: Change<T>): void {
    const failed = (error: unknown) => {
      onError();
      const fields = { err: error, informer: name, object: keyOf(change.object.metadata) };
      log.error(fields, `a handler failed on an object that was ${change.type}`);
    };
    try {
      void Promise.resolve(handler(change)).catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  return {
    add: (handler, already) => {
      handlers.push(handler);
      for (const object of already) call(handler, { type: 'added', object });
    },
    tell: (changes) => {
      for (const change of changes) for (const handler of handlers) call(handler, change);
    },
  };
}
