/** What comes in: Telegram by itself, labelled messages, or the simulated community. Ends when there is no more. */
import type { Clock } from '@chatwarden/contracts';
import { untilAborted, type Logger } from '@chatwarden/daemon';
import type { StandaloneConfig } from './config.ts';
import { runCorpus } from './corpus/run-corpus.ts';
import { formatSummary } from './corpus/format-summary.ts';
import { startDemo } from './demo/demo.ts';
import { DEMO_BOT } from './open-telegram.ts';
import type { Standalone } from './wire.ts';

export interface FeedDeps {
  config: Pick<StandaloneConfig, 'CORPUS' | 'SPEED'>;
  clock: Clock;
  log: Logger;
  print: (line: string) => void;
  signal: AbortSignal;
}

export async function feed(app: Standalone, { config, clock, log, print, signal }: FeedDeps): Promise<void> {
  const { fake } = app;
  if (!fake) return untilAborted(signal);
  if (config.CORPUS !== undefined) {
    const settled = () => untilSettled(app, clock, signal);
    const summary = await runCorpus({ fake, bot: DEMO_BOT, file: config.CORPUS, clock, signal, settled, log });
    for (const line of formatSummary(summary).split('\n')) print(line);
    return undefined;
  }
  const demo = startDemo({ fake, bot: DEMO_BOT, clock, speed: config.SPEED, seed: clock.now(), signal, log });
  await untilAborted(signal);
  await demo.stop();
}

const LOOK_EVERY_MS = 100;

/** Everything that was planned has an outcome. */
async function untilSettled({ store }: Standalone, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { planned, sending } = await store.ledger.countByState();
    if (planned + sending === 0) return;
    await clock.sleep(LOOK_EVERY_MS, signal);
  }
}
