import { messageOf } from '@chatwarden/contracts';
import type { ServiceDefinition } from '@chatwarden/daemon';
import { IngestdProcessConfig, readProcessConfig } from '../config.ts';
import { replay, REPLAY_GROUP } from '../index/replay.ts';
import { openBus } from './open-engines.ts';

/** `node src/main.ts replay`: ends when all that was refused before it began was posted again. */
export const REPLAY: ServiceDefinition<IngestdProcessConfig> = {
  name: 'ingestd',
  about:
    'Posts documents again that the index refused and that no replay before has posted; mend the cause first. ' +
    'What is refused again waits for the next replay. Safe to repeat and to break off.',
  schema: IngestdProcessConfig,
  readConfig: readProcessConfig,
  async start(frame) {
    const { clock, log, signal } = frame;
    const bus = await openBus(frame);
    const pending = async () => {
      const positions = await bus.positionsOf('logs.refused', REPLAY_GROUP);
      return positions.reduce((sum, { lag }) => sum + lag, 0);
    };
    const work = replay({ bus, pending, clock }, signal).then(
      (documents) => log.info(`${documents} documents posted again`),
      (error: unknown) => {
        log.error({ err: error }, `the replay failed: ${messageOf(error)}`);
        throw error;
      },
    );
    return { work };
  },
};
