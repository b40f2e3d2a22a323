/** Every check, in the order in which they are shown. Adding one: a file, its cases, a line here and in all-cases.ts. */
import { advertInName } from './advert-in-name.ts';
import { album } from './album.ts';
import { allowedList } from './allowed-list.ts';
import { blockedList } from './blocked-list.ts';
import { campaign } from './campaign.ts';
import { channelSender } from './channel-sender.ts';
import type { Check } from './check.ts';
import { contact } from './contact.ts';
import { copiedMessage } from './copied-message.ts';
import { customEmojiWall } from './custom-emoji-wall.ts';
import { digitsAsLetters } from './digits-as-letters.ts';
import { directionControls } from './direction-controls.ts';
import { editAddsPayload } from './edit-adds-payload.ts';
import { emojiWall } from './emoji-wall.ts';
import { executableFile } from './executable-file.ts';
import { expandableQuote } from './expandable-quote.ts';
import { externalReply } from './external-reply.ts';
import { fakeAdmin } from './fake-admin.ts';
import { floods } from './floods.ts';
import { forwards } from './forwards.ts';
import { freshAccount } from './fresh-account.ts';
import { giveaway } from './giveaway.ts';
import { guestBot } from './guest-bot.ts';
import { hiddenForward } from './hidden-forward.ts';
import { hiddenPreviewLink } from './hidden-preview-link.ts';
import { instantComment } from './instant-comment.ts';
import { invisibleMention } from './invisible-mention.ts';
import { invoice } from './invoice.ts';
import { keyboard } from './keyboard.ts';
import { linkTextMismatch } from './link-text-mismatch.ts';
import { links } from './links.ts';
import { lookAlikeHost } from './look-alike-host.ts';
import { lookAlikeLetters } from './look-alike-letters.ts';
import { massMentions } from './mass-mentions.ts';
import { mediaOnlyFirstMessage } from './media-only-first-message.ts';
import { ornamentalLetters } from './ornamental-letters.ts';
import { paidMedia } from './paid-media.ts';
import { poll } from './poll.ts';
import { quotePayload } from './quote-payload.ts';
import { repeats } from './repeats.ts';
import { scheduledMessage } from './scheduled-message.ts';
import { record } from './sender-record.ts';
import { spacedLetters } from './spaced-letters.ts';
import { spoiler } from './spoiler.ts';
import { stackedMarks } from './stacked-marks.ts';
import { story } from './story.ts';
import { viaBot } from './via-bot.ts';
import { zeroWidthCharacters } from './zero-width-characters.ts';

export const CHECKS: readonly Check[] = [
  // What the group wants, and who speaks.
  blockedList,
  allowedList,
  record,
  freshAccount,
  fakeAdmin,
  advertInName,
  channelSender,
  // How the text is written.
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
  // Where it leads.
  links,
  linkTextMismatch,
  lookAlikeHost,
  hiddenPreviewLink,
  invisibleMention,
  massMentions,
  // Who made it, and where it comes from.
  keyboard,
  viaBot,
  guestBot,
  forwards,
  hiddenForward,
  externalReply,
  quotePayload,
  story,
  // What comes with it.
  paidMedia,
  giveaway,
  poll,
  contact,
  invoice,
  executableFile,
  mediaOnlyFirstMessage,
  album,
  // When, and what was said before.
  scheduledMessage,
  instantComment,
  editAddsPayload,
  copiedMessage,
  campaign,
  repeats,
  floods,
];
