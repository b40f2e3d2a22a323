/** What `prepare` derives from one event before anything is known about its sender. Pure data. */
import type { ChatEvent } from '@chatwarden/contracts';

export type Script =
  'latin' | 'cyrillic' | 'greek' | 'arabic' | 'hebrew' | 'devanagari' | 'thai' | 'han' | 'kana' | 'hangul' | 'other';

/** What folding undid, counted in code points of the raw text. Folding alone would hide that it was needed. */
export interface FoldFacts {
  /** Code points of the raw text. */
  length: number;
  letters: number;
  /** Letters by script, before look-alikes are folded. */
  scripts: Partial<Record<Script, number>>;
  /** Letters replaced by what they stand for; the next two are parts of it, the rest are look-alikes of other scripts. */
  foldedLetters: number;
  /** Full-width, mathematical, small-capital and circled letters. */
  ornamentalLetters: number;
  /** Digits and signs that stood for letters. */
  signLetters: number;
  /** Words that mix scripts which honest words do not mix. */
  mixedScriptWords: number;
  /** Those of them that are mixed by nothing but a Latin i in a Cyrillic word, as Ukrainian is often typed. */
  latinIWords: number;
  /** Zero-width, bidi controls, variation selectors outside emoji, tags and other invisible code points. */
  invisible: number;
  /** Those of them that set the direction of writing, in a text without letters that run from right to left. */
  directionMarks: number;
  /** Characters that force letters to be read against their own direction: no honest text has them. */
  directionOverrides: number;
  /** Combining marks beyond one per letter (stacked marks). */
  stackedMarks: number;
  /** Letters in runs such as "c a s i n o" or "c.a.s.i.n.o", joined by folding. */
  spacedLetters: number;
  emoji: number;
  digits: number;
  upperCase: number;
  words: number;
}

export interface Folded {
  /** NFKC, lower case, look-alikes folded within each word to its main script, invisible removed, spaces single. */
  text: string;
  facts: FoldFacts;
}

/** One place that leads out of the chat. */
export interface Link {
  /** Lower case, punycode decoded, without "www."; t.me links keep their path in `handle`. */
  host: string;
  /** Of t.me links and mentions: lower case without "@". */
  handle?: string;
  from: 'text' | 'entity' | 'textLink' | 'button' | 'preview' | 'quote' | 'externalReply' | 'name';
  /** A text_link whose visible text shows another host than it leads to. */
  disguised?: true;
  /** Host written in punycode or with look-alike letters. */
  lookAlikeHost?: true;
}

export interface Prepared {
  event: ChatEvent;
  /** Text that people read: the message's own text and its attachment's words. Empty for events without a message. */
  folded: Folded;
  /** The quoted text of another chat's message, folded; its author is not this sender, its effect is. */
  quoted?: Folded;
  /** Name of the sender, folded. */
  name: Folded;
  links: Link[];
  /** Handles mentioned with "@", lower case, without it. */
  mentions: string[];
  /** Near-duplicate fingerprint of the folded text (64 bits as 16 hex digits); absent for short or poor text. */
  fingerprint?: string;
  /** What copies of this message share: "text:<fingerprint>", "host:<host>", "file:<file_unique_id>", "phone:...", "handle:...". */
  campaignKeys: string[];
}
