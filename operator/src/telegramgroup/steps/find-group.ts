/**
 * Which group of ours the chat is, and whether this TelegramGroup may steer it. A chat belongs to whoever its owner says:
 * the owner sends a code to the bot. Until then nothing is touched.
 */
import type { Store } from '@chatwarden/store';
import { no, say, yes, type Said, type Step, type Work } from '../work.ts';

export interface FindGroupDeps {
  store: Pick<Store, 'groups' | 'claims'>;
  /** Whether chats must be claimed; a single team may go without. */
  claims: boolean;
  /** The eldest TelegramGroup of that chat, by key. */
  eldestOf(chatId: number): string | undefined;
}

/** Somebody may be about to send the code, or to add the bot; after an hour nobody seems to. */
const LOOK_AGAIN_MS = 5000;
const LOOK_AGAIN_LATER_MS = 60_000;
const SOON_MS = 3_600_000;

export function createFindGroup({ store, claims, eldestOf }: FindGroupDeps): Step {
  return async (work) => {
    const { chatId, botRef } = work.group.spec;
    const refusal = claims ? await claim(store, work) : duplicate(work, eldestOf(chatId));
    if (refusal) return refuse(work, refusal);
    const chat = await store.groups.findGroupByChat(chatId);
    if (!chat) {
      const message = `the bot has not seen the chat ${chatId} yet: add it there as an administrator who may delete and ban`;
      return refuse(work, no('ChatUnknown', message));
    }
    if (botRef && botRef.id !== chat.botId) {
      const message = `the chat is moderated by the bot ${chat.botId}, not by ${botRef.id}: correct spec.botRef, or exchange the bots in the chat`;
      return refuse(work, no('OtherBot', message));
    }
    work.chat = chat;
    work.status.groupId = chat.groupId;
    say(work, 'ConfigurationValid', yes('Valid'));
    return 'next';
  };
}

async function claim(store: FindGroupDeps['store'], work: Work): Promise<Said | undefined> {
  const { chatId } = work.group.spec;
  const claimed = await store.claims.openClaim({ chatId, claimant: work.key, at: work.now });
  if (claimed.state === 'proven') return undefined;
  if (claimed.state === 'taken') {
    const message =
      'the owner of this chat has given it to another TelegramGroup: delete one of the two; deleting the other one frees the chat';
    return no('ClaimedByAnother', message);
  }
  const until = claimed.expiresAt === undefined ? '' : ` before ${new Date(claimed.expiresAt).toISOString()}`;
  const message = `the owner of the chat ${chatId} must agree: let them send "/claim ${claimed.code ?? ''}" in that chat${until}`;
  return no('Unclaimed', message);
}

function duplicate(work: Work, eldest: string | undefined): Said | undefined {
  if (eldest === undefined || eldest === work.key) return undefined;
  return no('DuplicateChat', `the TelegramGroup ${eldest} has this chat already: delete one of the two`);
}

function refuse(work: Work, said: Said): 'end' {
  say(work, 'ConfigurationValid', said);
  const former = work.group.status?.conditions?.find(({ type }) => type === 'ConfigurationValid');
  const sinceMs = former?.status === 'False' ? work.now - Date.parse(former.lastTransitionTime) : 0;
  work.again(sinceMs < SOON_MS ? LOOK_AGAIN_MS : LOOK_AGAIN_LATER_MS);
  return 'end';
}
