/** What every check is tried on, by its name. */
import type { Cases } from './case.ts';
import { cases as advertInName } from './advert-in-name.cases.ts';
import { cases as album } from './album.cases.ts';
import { cases as allowedList } from './allowed-list.cases.ts';
import { cases as blockedList } from './blocked-list.cases.ts';
import { cases as campaign } from './campaign.cases.ts';
import { cases as channelSender } from './channel-sender.cases.ts';
import { cases as contact } from './contact.cases.ts';
import { cases as copiedMessage } from './copied-message.cases.ts';
import { cases as customEmojiWall } from './custom-emoji-wall.cases.ts';
import { cases as digitsAsLetters } from './digits-as-letters.cases.ts';
import { cases as directionControls } from './direction-controls.cases.ts';
import { cases as editAddsPayload } from './edit-adds-payload.cases.ts';
import { cases as emojiWall } from './emoji-wall.cases.ts';
import { cases as executableFile } from './executable-file.cases.ts';
import { cases as expandableQuote } from './expandable-quote.cases.ts';
import { cases as externalReply } from './external-reply.cases.ts';
import { cases as fakeAdmin } from './fake-admin.cases.ts';
import { cases as floods } from './floods.cases.ts';
import { cases as forwards } from './forwards.cases.ts';
import { cases as freshAccount } from './fresh-account.cases.ts';
import { cases as giveaway } from './giveaway.cases.ts';
import { cases as guestBot } from './guest-bot.cases.ts';
import { cases as hiddenForward } from './hidden-forward.cases.ts';
import { cases as hiddenPreviewLink } from './hidden-preview-link.cases.ts';
import { cases as instantComment } from './instant-comment.cases.ts';
import { cases as invisibleMention } from './invisible-mention.cases.ts';
import { cases as invoice } from './invoice.cases.ts';
import { cases as keyboard } from './keyboard.cases.ts';
import { cases as linkTextMismatch } from './link-text-mismatch.cases.ts';
import { cases as links } from './links.cases.ts';
import { cases as lookAlikeHost } from './look-alike-host.cases.ts';
import { cases as lookAlikeLetters } from './look-alike-letters.cases.ts';
import { cases as massMentions } from './mass-mentions.cases.ts';
import { cases as mediaOnlyFirstMessage } from './media-only-first-message.cases.ts';
import { cases as ornamentalLetters } from './ornamental-letters.cases.ts';
import { cases as paidMedia } from './paid-media.cases.ts';
import { cases as poll } from './poll.cases.ts';
import { cases as quotePayload } from './quote-payload.cases.ts';
import { cases as repeats } from './repeats.cases.ts';
import { cases as scheduledMessage } from './scheduled-message.cases.ts';
import { cases as record } from './sender-record.cases.ts';
import { cases as spacedLetters } from './spaced-letters.cases.ts';
import { cases as spoiler } from './spoiler.cases.ts';
import { cases as stackedMarks } from './stacked-marks.cases.ts';
import { cases as story } from './story.cases.ts';
import { cases as viaBot } from './via-bot.cases.ts';
import { cases as zeroWidthCharacters } from './zero-width-characters.cases.ts';

export const CASES: Readonly<Record<string, Cases>> = {
  blockedList,
  allowedList,
  record,
  freshAccount,
  fakeAdmin,
  advertInName,
  channelSender,
  lookAlikeLetters,
  digitsAsLetters,
  ornamentalLetters,
  zeroWidthCharacters,
  directionControls,
  stackedMarks,
  spacedLetters,
  emojiWall,
  customEmojiWall,
  spoiler,
  expandableQuote,
  links,
  linkTextMismatch,
  lookAlikeHost,
  hiddenPreviewLink,
  invisibleMention,
  massMentions,
  keyboard,
  viaBot,
  guestBot,
  forwards,
  hiddenForward,
  externalReply,
  quotePayload,
  story,
  paidMedia,
  giveaway,
  poll,
  contact,
  invoice,
  executableFile,
  mediaOnlyFirstMessage,
  album,
  scheduledMessage,
  instantComment,
  editAddsPayload,
  copiedMessage,
  campaign,
  repeats,
  floods,
};
