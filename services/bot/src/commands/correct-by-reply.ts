/** /spam and /ham, said as a reply to the message that they are about. */
import { isSanctionable, type Correction } from '@chatwarden/contracts';
import { pseudonymOf, contentDigest, sealId } from '@chatwarden/keys';
import { toChatEvent } from '../receive/to-chat-event.ts';
import type { Message } from '../telegram/telegram-api.ts';
import type { Answer, Command, CommandCall, CommandDeps } from './command.ts';
import { mayBeObeyed } from './may-be-obeyed.ts';

export const spam: Command = {
  name: 'spam',
  description: 'as a reply: delete the message and ban its sender',
  inGroup: (call, deps) => correctByReply(call, 'spam', deps),
};

export const ham: Command = {
  name: 'ham',
  description: 'as a reply: this is not spam, trust its sender',
  inGroup: (call, deps) => correctByReply(call, 'ham', deps),
};

async function correctByReply(call: CommandCall, label: Correction['label'], deps: CommandDeps): Promise<Answer> {
  const target = call.message.reply_to_message as Message | undefined;
  if (!target) return `Say /${label} as a reply to the message that you mean.`;
  const refusal = await mayBeObeyed(call, deps);
  if (refusal) return refusal;
  const { group, keys, revision } = call.known;
  const { event: command } = call;
  const reduced = toChatEvent({ ...target, chat: call.message.chat }, 'MessagePosted', {
    group,
    facts: await deps.facts.factsOf(command.chatId),
    receivedAt: command.receivedAt,
    revision,
    pseudonym: (telegramId) => pseudonymOf(keys.pseudonym, telegramId),
    digest: (content) => contentDigest(keys.digest, content),
  });
  if ('ignored' in reduced) return 'That is not a message of a member.';
  const { event } = reduced;
  if (label === 'spam' && !isSanctionable(event.sender))
    return 'That was written by an administrator or for the group itself.';
  const sealed = sealId(await deps.keys.key(group.groupId, 'seal'), group.groupId, event.sender.id);
  const result = await deps.correct(
    {
      groupId: group.groupId,
      botId: group.botId,
      chatId: command.chatId,
      eventId: event.id,
      messageId: event.message.messageId,
      senderKey: event.sender.key,
      senderAs: event.sender.as,
      senderSealed: sealed,
      traceparent: event.traceparent,
    },
    { label, source: 'command', by: command.sender.key, commandMessageId: command.message.messageId },
  );
  return result === 'already' ? 'That was said before.' : null;
}
