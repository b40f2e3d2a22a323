/** What the bot may do in a chat, and the step that mends what it may not. Pure. */
import type { ChatMember } from '../telegram/telegram-api.ts';

export interface BotRights {
  present: boolean;
  administrator: boolean;
  mayDelete: boolean;
  mayRestrict: boolean;
}

export function rightsOf(member: ChatMember): BotRights {
  const present = member.status !== 'left' && member.status !== 'kicked';
  if (member.status === 'creator') return { present, administrator: true, mayDelete: true, mayRestrict: true };
  if (member.status !== 'administrator') return { present, administrator: false, mayDelete: false, mayRestrict: false };
  return {
    present,
    administrator: true,
    mayDelete: member.can_delete_messages === true,
    mayRestrict: member.can_restrict_members === true,
  };
}

/** One line for an operator or an administrator of the group. */
export function describeRights(rights: BotRights): string {
  if (!rights.present) return 'the bot is not in this group any more';
  if (!rights.administrator) {
    return 'not an administrator: open the group, Manage group > Administrators > Add, choose the bot and allow "Delete messages" and "Ban users"';
  }
  const missing = [...(rights.mayDelete ? [] : ['"Delete messages"']), ...(rights.mayRestrict ? [] : ['"Ban users"'])];
  if (missing.length === 0) return 'administrator, may delete messages and ban users';
  return `administrator, but lacks ${missing.join(' and ')}: open Manage group > Administrators, choose the bot and allow it`;
}
