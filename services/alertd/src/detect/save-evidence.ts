/** The text of what is acted on or asked about, under the group's key, so that a person can be shown why. */
import { isMessageEvent, type Verdict } from '@chatwarden/contracts';
import { sealText } from '@chatwarden/keys';
import type { Evidence } from '@chatwarden/store';
import type { DetectDeps } from './detect-deps.ts';
import type { Judged } from './judged.ts';

export async function saveEvidence(
  verdicts: readonly Verdict[],
  judged: readonly Judged[],
  { evidence, keys }: DetectDeps,
): Promise<void> {
  const rows: Evidence[] = [];
  for (const [index, verdict] of verdicts.entries()) {
    const event = judged[index]?.event;
    if (verdict.band === 'allow' || !event || !isMessageEvent(event)) continue;
    const { id: verdictId, eventId, groupId, judgedAt } = verdict;
    const key = await keys.key(groupId, 'seal');
    const { text, entities, attachmentText, quote, buttons } = event.message;
    const shown = { text, entities, attachmentText, quote, buttons, name: event.sender.name };
    const sealed = sealText(key, { groupId, rowId: verdictId }, JSON.stringify(shown));
    rows.push({ verdictId, eventId, groupId, at: judgedAt, sealed });
  }
  if (rows.length > 0) await evidence.saveEvidence(rows);
}
