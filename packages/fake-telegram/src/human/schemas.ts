/** JSON Schemas of what the human side takes over HTTP, one per verb. Message fields are not checked: any may be tried. */
const chat = { anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^\\d+:\\d+$' }] };
const id = { type: 'integer' };
const text = { type: 'string' };
const flag = { type: 'boolean' };
const anything = { type: 'object' };

const object = (required: Record<string, object>, optional: Record<string, object> = {}) => ({
  type: 'object',
  required: Object.keys(required),
  properties: { ...required, ...optional },
});

const said = object({ chat, from: id, message: anything });

export const DO_SCHEMAS = {
  addUser: object({}, { id, first_name: text, last_name: text, username: text, language_code: text, is_premium: flag }),
  addBot: object({ token: text }, { username: text, firstName: text, privacyMode: flag }),
  addChat: object(
    { type: { enum: ['group', 'supergroup', 'channel'] }, title: text, owner: id },
    { id, username: text, linkedChatId: id, permissions: anything, joinByRequest: flag, forum: flag },
  ),
  migrate: object({ chat }, { by: id }),
  startBot: object({ user: id, bot: id }),
  block: object({ user: id, bot: id }),
  unblock: object({ user: id, bot: id }),
  join: object({ chat, user: id }, { by: id, link: text }),
  requestJoin: object({ chat, user: id }, { bio: text, link: text }),
  answerJoin: object({ chat, user: id, by: id, approve: flag }),
  leave: object({ chat, user: id }),
  kick: object({ chat, user: id }, { by: id }),
  promote: object({ chat, user: id, rights: anything }, { by: id }),
  demote: object({ chat, user: id }, { by: id }),
  restrict: object({ chat, user: id, permissions: anything }, { by: id, until_date: id }),
  pardon: object({ chat, user: id }, { by: id }),
  talk: said,
  bulk: { type: 'array', items: said },
  edit: object({ chat, id, message: anything }),
  deleteMessage: object({ chat, id, by: id }),
  react: object({ chat, id, from: id, reactions: { type: 'array', items: text } }),
  createTopic: object({ chat, by: id, name: text }, { iconColor: id }),
  renameTopic: object({ chat, topic: id, by: id, name: text }),
  closeTopic: object({ chat, topic: id, by: id }),
  reopenTopic: object({ chat, topic: id, by: id }),
  press: object({ chat, user: id, id, data: text }),
} as const;

export const MESSAGES_QUERY = object({ chat: text }, { after: id, limit: id });
export const MEMBERS_QUERY = object({ chat: text });
export const RECORD_QUERY = object({}, { after: { ...id, minimum: 0 }, limit: { ...id, minimum: 1 } });
