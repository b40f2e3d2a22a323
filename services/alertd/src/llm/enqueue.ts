/** Takes note of what is put to the moderators; asking happens later and elsewhere, so that no batch waits for it. */
import type { Handle } from '@chatwarden/bus';
import type { LlmDeps } from './llm-deps.ts';
import { AGE_MAX_MS } from './drain.ts';

export function createEnqueue({ llmAsks, clock }: Pick<LlmDeps, 'llmAsks' | 'clock'>): Handle<'verdicts'> {
  return async (verdicts) => {
    const since = clock.now() - AGE_MAX_MS;
    await llmAsks.addAsks(
      verdicts.filter(({ stage, band, judgedAt }) => stage === 'detect' && band === 'ask' && judgedAt >= since),
    );
    return [];
  };
}
