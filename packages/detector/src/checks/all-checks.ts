/** Every check, in the order in which they are shown. Adding one: a file, its test, a line here. */
import { attachments } from './attachments.ts';
import type { Check } from './check.ts';
import { invisibleCharacters, lookAlikes, spacedLetters } from './disguise.ts';
import { edits } from './edits.ts';
import { emoji } from './emoji.ts';
import { hiddenLinks, links } from './links.ts';
import { allowedList, blockedList } from './policy-lists.ts';
import { mentions } from './mentions.ts';
import { names } from './names.ts';
import { channelSender, externalReplies, forwards, keyboards } from './provenance.ts';
import { firstComment, record } from './sender-record.ts';
import { floods, repeats } from './repeats.ts';

export const CHECKS: readonly Check[] = [
  blockedList,
  allowedList,
  record,
  links,
  hiddenLinks,
  mentions,
  lookAlikes,
  invisibleCharacters,
  spacedLetters,
  emoji,
  forwards,
  keyboards,
  externalReplies,
  channelSender,
  attachments,
  firstComment,
  names,
  edits,
  repeats,
  floods,
];
