/** What people read in an attachment and where it leads: words, addresses behind words, chats whose story it is. */
import type { Origin } from '@chatwarden/contracts';
import type { Chat, Message } from '../telegram/telegram-api.ts';
import { chatOf, fullName, list, optionalName } from './to-origin.ts';
import { readCard } from './visiting-card.ts';

/** Words that people read in an attachment. */
export function attachmentTextOf(message: Message): string {
  const { poll, checklist, contact } = message;
  const words = [
    poll?.question,
    poll?.description,
    ...textsOf(poll?.options),
    poll?.explanation,
    // Whoever may add an option or a task speaks by it.
    message.poll_option_added?.option_text,
    checklist?.title,
    ...textsOf(checklist?.tasks),
    ...textsOf(message.checklist_tasks_added?.tasks),
    fullName(contact),
    ...readCard(contact?.vcard).words,
    message.venue?.title,
    message.venue?.address,
    message.invoice?.title,
    message.invoice?.description,
    message.game?.title,
    message.game?.description,
    message.giveaway?.prize_description,
  ];
  return words.filter(Boolean).join('\n');
}

/** Addresses that stand behind the words of an attachment. */
export function attachmentUrlsOf({ poll, checklist, checklist_tasks_added: added, contact }: Message): string[] {
  const entities = [
    poll?.question_entities,
    poll?.description_entities,
    poll?.explanation_entities,
    checklist?.title_entities,
    ...[...list(checklist?.tasks), ...list(added?.tasks)].map((task) => task?.text_entities),
  ].flatMap((each) => list<unknown>(each));
  const urls = entities.map((entity) => (entity as { url?: unknown } | null)?.url);
  return [...urls, ...readCard(contact?.vcard).urls].filter((url) => typeof url === 'string');
}

/** The chats whose story was forwarded or who hold the giveaway. */
export function attachmentChatsOf({ story, giveaway, giveaway_winners: winners }: Message): Origin[] {
  const chats = [story?.chat, ...list(giveaway?.chats), winners?.chat].filter((chat) => chat !== undefined);
  return chats.filter((chat) => typeof chat?.id === 'number').map(originOf);
}

function originOf(chat: Chat): Origin {
  if (chat.type !== 'private') return { type: chat.type === 'channel' ? 'channel' : 'chat', ...chatOf(chat) };
  return { type: 'user', ...optionalName(chat.username) };
}

function textsOf(options: readonly { text?: string }[] | undefined): string[] {
  return list(options).map((option) => String(option?.text ?? ''));
}
