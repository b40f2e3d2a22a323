/** Every Bot API method the fake knows. A method is one entry of one of these tables; anything else answers 404. */
import type { Call, Methods } from './call.ts';
import { callbackMethods } from './methods/callbacks.ts';
import { chatMethods } from './methods/chats.ts';
import { commandMethods } from './methods/commands.ts';
import { joinRequestMethods } from './methods/join-requests.ts';
import { memberMethods } from './methods/members.ts';
import { messageMethods } from './methods/messages.ts';
import { pollingMethods } from './methods/polling.ts';
import { reactionMethods } from './methods/reactions.ts';
import { senderChatMethods } from './methods/sender-chats.ts';
import { topicMethods } from './methods/topics.ts';
import { webhookMethods } from './methods/webhooks.ts';
import type { Input } from './parameters.ts';

const TABLES: readonly Methods[] = [
  pollingMethods,
  webhookMethods,
  messageMethods,
  memberMethods,
  joinRequestMethods,
  senderChatMethods,
  topicMethods,
  chatMethods,
  callbackMethods,
  reactionMethods,
  commandMethods,
];

/** Method names are case-insensitive (Bot API, "Making requests"). */
const BY_LOWER_NAME = new Map(
  TABLES.flatMap((table) => Object.entries(table)).map(([name, handler]) => [
    name.toLowerCase(),
    // The table has checked the pair; whoever looks a method up by a name at run time cannot know which it is.
    { name, handler: handler as (call: Call, input: Input<never>) => unknown },
  ]),
);

export const findMethod = (name: string) => BY_LOWER_NAME.get(name.toLowerCase());
