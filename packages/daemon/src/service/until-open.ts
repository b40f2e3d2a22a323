/** Opens what may be away, for as long as it takes. */
import { Failure, messageOf, retryClassOf, type Clock } from '@chatwarden/contracts';
import type { Logger } from '../log/logger.ts';
import { runLoop } from '../run-loop.ts';

export interface Opening {
  clock: Clock;
  log: Pick<Logger, 'warn'>;
  signal: AbortSignal;
  onWait(what: string, reason: string): void;
}

/** Resolves when it has opened. Rejects when what fails is no Failure of class `later`, or when the signal aborts. */
export async function untilOpen<T>(
  what: string,
  open: () => Promise<T>,
  { clock, log, signal, onWait }: Opening,
): Promise<T> {
  const opened: T[] = [];
  const done = new AbortController();
  const step = async () => {
    try {
      opened.push(await open());
    } catch (error) {
      // Here a surprise is a mistake in the settings or in the code, and trying again would only hide it.
      if (retryClassOf(error) !== 'later')
        throw new Failure('cannotStart', 'never', { message: `${what}: ${messageOf(error)}`, cause: error });
      throw error;
    }
    done.abort();
    return 0;
  };
  await runLoop({
    name: what,
    clock,
    signal: AbortSignal.any([signal, done.signal]),
    step,
    onError: ({ error, failures, waitMs }) => {
      onWait(what, messageOf(error));
      if (Number.isInteger(Math.log2(failures)))
        log.warn({ err: error, waitMs }, `waiting for ${what}: ${messageOf(error)}`);
    },
  });
  const [result] = opened;
  if (opened.length === 0) throw new Failure('stopped', 'later', { message: `asked to stop before ${what} was there` });
  return result as T;
}
