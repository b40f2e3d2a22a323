/** Letting in people who asked. The errors are those of TDLib and of Telegram's servers (messages.hideChatJoinRequest). */
import { decideJoinRequest } from '../../world/join-requests.ts';
import { isPresent, memberOf } from '../../world/members.ts';
import { enterChat, findUser, requireRight } from '../access.ts';
import type { Call, Methods } from '../call.ts';
import { badRequest } from '../errors.ts';
import type { Input } from '../parameters.ts';

export const joinRequestMethods = {
  approveChatJoinRequest: (call, input) => decide(call, input, true),
  declineChatJoinRequest: (call, input) => decide(call, input, false),
} satisfies Methods;

function decide(
  call: Call,
  input: Input<'approveChatJoinRequest'> | Input<'declineChatJoinRequest'>,
  approve: boolean,
): true {
  const { chat, self } = enterChat(call, input);
  if (chat.chat.type === 'private') throw badRequest("the chat can't have join requests");
  requireRight(self, 'can_invite_users', 'not enough rights to manage chat join requests');
  const user = findUser(call, input.integer('user_id'));
  if (isPresent(memberOf(call.world, chat, user))) throw badRequest('USER_ALREADY_PARTICIPANT');
  if (!decideJoinRequest(call.world, chat, { user, by: call.bot.user, approve })) {
    throw badRequest('HIDE_REQUESTER_MISSING');
  }
  return true;
}
