import { Type, type Static } from 'typebox';
import { GroupId } from './ids.ts';

export const ChatType = Type.Enum(['group', 'supergroup']);
export type ChatType = Static<typeof ChatType>;

/** A chat as an update shows it, before we know it by a name of our own. */
export const SeenChat = Type.Object({
  botId: Type.Integer(),
  chatId: Type.Integer(),
  type: ChatType,
  title: Type.String(),
  username: Type.Optional(Type.String()),
});
export type SeenChat = Static<typeof SeenChat>;

/** A group has one bot: a second bot's updates are ignored. */
export const Group = Type.Object({ ...SeenChat.properties, groupId: GroupId });
export type Group = Static<typeof Group>;
