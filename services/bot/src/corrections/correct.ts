/**
 * A person's word on one message. One way for cards and commands: the correction, the sender's standing, the card's
 * end and the actions that follow are committed in one transaction; the executor and the teller do the rest.
 */
import {
  actionId,
  correctionId,
  type Action,
  type Clock,
  type Correction,
  type GroupId,
  type Id,
  type Pseudonym,
  type SealedId,
  type SenderAs,
} from '@chatwarden/contracts';
import { chooseCorrectionActions, standingAfter } from '@chatwarden/detector';
import type { SettingsCache, Store } from '@chatwarden/store';

/** The message that is spoken about, and who wrote it. */
export interface Subject {
  groupId: GroupId;
  botId: number;
  chatId: number;
  eventId: Id;
  messageId: number;
  senderKey: Pseudonym;
  senderAs: SenderAs;
  senderSealed?: SealedId;
  traceparent: string;
}

export interface Word {
  label: Correction['label'];
  source: Correction['source'];
  by: Pseudonym;
  /** The command that said it, to be removed with what it was about. */
  commandMessageId?: number;
}

export interface CorrectDeps {
  store: Pick<Store, 'decisions' | 'cards' | 'corrections' | 'sanctions'>;
  settings: SettingsCache;
  clock: Clock;
  /** Ledger rows and an untold correction were written. */
  onCorrected: () => void;
}

export type Correct = (subject: Subject, word: Word) => Promise<'committed' | 'already'>;

export function createCorrect({ store, settings, clock, onCorrected }: CorrectDeps): Correct {
  return async (subject, word) => {
    const { groupId, messageId, senderKey: sender } = subject;
    const at = clock.now();
    const [decision, card, sanction] = await Promise.all([
      store.decisions.findDecision({ groupId, messageId }),
      store.cards.findOpenCard(groupId, messageId),
      store.sanctions.findSanction({ groupId, sender, at }),
    ]);
    await settings.refresh();
    const correction: Correction = {
      ...subject,
      id: correctionId({ groupId, subject: messageId, by: word.by, at }),
      eventId: decision?.eventId ?? subject.eventId,
      ...(decision ? { supersedes: decision.verdictId } : {}),
      label: word.label,
      source: word.source,
      by: word.by,
      at,
      revision: settings.revision(),
    };
    const policy = settings.policyOf(groupId);
    const actions = [
      ...chooseCorrectionActions({ correction, sanction, card, policy }),
      ...commandRemoval(correction, word.commandMessageId),
    ];
    const result = await store.corrections.commitCorrection(correction, standingAfter(word.label), actions);
    if (result === 'committed') onCorrected();
    return result;
  };
}

function commandRemoval(correction: Correction, messageId: number | undefined): Action[] {
  if (messageId === undefined) return [];
  const { groupId, botId, chatId, traceparent, at, id: cause } = correction;
  const id = actionId({ groupId, target: messageId, kind: 'deleteMessage', cause });
  return [
    { id, groupId, botId, chatId, cause, traceparent, receivedAt: at, kind: 'deleteMessage', target: { messageId } },
  ];
}
