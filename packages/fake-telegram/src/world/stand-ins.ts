/** Users that Telegram puts in the place of a chat that speaks. Their ids are the same everywhere. */
import type { User } from '@grammyjs/types';

/** For an administrator who speaks as the group. */
export const ANONYMOUS_ADMIN: User = {
  id: 1087968824,
  is_bot: true,
  first_name: 'Group',
  username: 'GroupAnonymousBot',
};
export const CHANNEL_SPEAKER: User = { id: 136817688, is_bot: true, first_name: 'Channel', username: 'Channel_Bot' };
/** For posts that Telegram itself brings from the linked channel. */
export const LINKED_CHANNEL: User = { id: 777000, is_bot: false, first_name: 'Telegram' };
