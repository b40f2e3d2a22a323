/** The message of a verdict, from where it lies sealed; and the same under the verdict that goes further. */
import { messageOf, type Verdict } from '@chatwarden/contracts';
import { openText, sealText } from '@chatwarden/keys';
import type { LlmDeps } from './llm-deps.ts';
import type { Shown } from './redact.ts';

type Deps = Pick<LlmDeps, 'evidence' | 'keys' | 'log'>;

/** Null when there is none any more: its day or its group is gone, or somebody has asked to be forgotten. */
export async function readShown({ groupId, id }: Verdict, deps: Deps): Promise<Shown | null> {
  const text = await readText(groupId, id, deps);
  return text === null ? null : (JSON.parse(text) as Shown);
}

/** What people are shown about `verdict` is what was kept for `asked`. Harmless when repeated. */
export async function copyEvidence(asked: Verdict, verdict: Verdict, deps: Deps): Promise<void> {
  const { groupId, eventId, id: verdictId } = verdict;
  const text = await readText(groupId, asked.id, deps);
  if (text === null) return;
  const sealed = sealText(await deps.keys.key(groupId, 'seal'), { groupId, rowId: verdictId }, text);
  // Of the same day as the first, so that it is not kept for longer.
  await deps.evidence.saveEvidence([{ verdictId, eventId, groupId, at: asked.judgedAt, sealed }]);
}

async function readText(groupId: string, verdictId: string, { evidence, keys, log }: Deps): Promise<string | null> {
  const kept = await evidence.readEvidence(groupId, verdictId);
  if (!kept) return null;
  const key = await keys.key(groupId, 'seal');
  try {
    return openText(key, { groupId, rowId: verdictId }, kept.sealed);
  } catch (error) {
    log.warn({ err: error, groupId }, `evidence cannot be opened: ${messageOf(error)}`);
    return null;
  }
}
