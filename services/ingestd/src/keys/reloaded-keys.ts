/** Looks at the file of keys from time to time; keys that cannot be read leave those that could in force. */
import { messageOf, type Clock } from '@chatwarden/contracts';
import { runLoop, type Logger } from '@chatwarden/daemon';
import type { Sender } from '../accept/sender.ts';
import { parseKeyRing, type KeyRing } from './key-ring.ts';

export interface ReloadedKeysDeps {
  /** The text of the file. */
  read(): Promise<string>;
  clock: Clock;
  log: Pick<Logger, 'info' | 'error'>;
  eventsPerSecond: number;
}

export interface ReloadedKeys extends KeyRing {
  /** Resolves when the signal aborts. */
  keepReading(signal: AbortSignal): Promise<void>;
}

/** A Kubernetes secret takes a minute to arrive; this adds little to it. */
const RELOAD_MS = 5000;

/** Rejects when the file cannot be read or is not valid: no process should begin so. */
export async function loadKeys({ read, clock, log, eventsPerSecond }: ReloadedKeysDeps): Promise<ReloadedKeys> {
  let text = await read();
  let ring = parseKeyRing(text, eventsPerSecond);
  let complained = '';

  async function reload(): Promise<number> {
    try {
      const found = await read();
      if (found !== text) {
        ring = parseKeyRing(found, eventsPerSecond);
        text = found;
        log.info('API keys read again');
      }
      complained = '';
    } catch (error) {
      const complaint = messageOf(error);
      if (complaint !== complained) log.error({ err: error }, `the API keys stay as they were: ${complaint}`);
      complained = complaint;
    }
    return RELOAD_MS;
  }

  return {
    senderOf: (key): Sender | undefined => ring.senderOf(key),
    async keepReading(signal) {
      await clock.sleep(RELOAD_MS, signal);
      await runLoop({ name: 'keys', clock, signal, step: reload, onError: () => {} });
    },
  };
}
