/** Full sets of rights and permissions, so that a caller states only what differs. */
import type { ChatAdministratorRights } from '@grammyjs/types';
import type { Permissions } from './world.ts';

const NO_PERMISSIONS: Permissions = {
  can_send_messages: false,
  can_send_audios: false,
  can_send_documents: false,
  can_send_photos: false,
  can_send_videos: false,
  can_send_video_notes: false,
  can_send_voice_notes: false,
  can_send_polls: false,
  can_send_other_messages: false,
  can_add_web_page_previews: false,
  can_react_to_messages: false,
  can_change_info: false,
  can_invite_users: false,
  can_edit_tag: false,
  can_pin_messages: false,
  can_manage_topics: false,
};

const PERMISSION_NAMES = Object.keys(NO_PERMISSIONS) as (keyof Permissions)[];

/** A new group lets members do everything but manage it. */
export const GROUP_DEFAULTS: Permissions = {
  ...fromNames(PERMISSION_NAMES),
  can_change_info: false,
  can_pin_messages: false,
  can_manage_topics: false,
};

const MEDIA = [
  'can_send_audios',
  'can_send_documents',
  'can_send_photos',
  'can_send_videos',
  'can_send_video_notes',
  'can_send_voice_notes',
] as const satisfies readonly (keyof Permissions)[];

/** What an unstated permission follows (Bot API, ChatPermissions). */
const FALLBACK: Partial<Record<keyof Permissions, keyof Permissions>> = {
  can_react_to_messages: 'can_send_messages',
  can_edit_tag: 'can_pin_messages',
  can_manage_topics: 'can_pin_messages',
};

/**
 * Reads what a bot asked for. Unless permissions are independent, sending other messages or previews brings text and
 * media with it, and polls bring text (Bot API, restrictChatMember, use_independent_chat_permissions).
 */
export function permissionsFrom(asked: Partial<Record<string, unknown>>, independent: boolean): Permissions {
  const given = fromNames(PERMISSION_NAMES.filter((name) => (asked[name] ?? asked[FALLBACK[name] ?? name]) === true));
  if (independent) return given;
  if (given.can_send_other_messages || given.can_add_web_page_previews) {
    return { ...given, can_send_messages: true, ...Object.fromEntries(MEDIA.map((name) => [name, true])) };
  }
  return given.can_send_polls ? { ...given, can_send_messages: true } : given;
}

/** "Pass True for all permissions to lift restrictions" (Bot API, restrictChatMember). */
export const isEverything = (permissions: Permissions): boolean => Object.values(permissions).every(Boolean);

function fromNames(names: readonly (keyof Permissions)[]): Permissions {
  return { ...NO_PERMISSIONS, ...Object.fromEntries(names.map((name) => [name, true])) };
}

const NO_RIGHTS: ChatAdministratorRights = {
  is_anonymous: false,
  can_manage_chat: false,
  can_delete_messages: false,
  can_manage_video_chats: false,
  can_restrict_members: false,
  can_promote_members: false,
  can_change_info: false,
  can_invite_users: false,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
  can_send_welcome_messages: false,
};

/** Any right makes an administrator, who then also has `can_manage_chat`; undefined when no right is left. */
export function administratorRights(given: Partial<ChatAdministratorRights>): ChatAdministratorRights | undefined {
  if (!Object.values(given).includes(true)) return undefined;
  return { ...NO_RIGHTS, ...given, can_manage_chat: true };
}
