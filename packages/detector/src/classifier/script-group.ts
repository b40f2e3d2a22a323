/** Which writing a text is in, told from the folded text: look-alike letters of another script no longer mislead. */

/** Groups that calibration and coverage are stated for. `none`: no letters. */
export const SCRIPT_GROUPS = ['latin', 'cyrillic', 'arabic', 'devanagari', 'han', 'other', 'none'] as const;
export type ScriptGroup = (typeof SCRIPT_GROUPS)[number];

const PATTERNS: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Devanagari}/u,
  /\p{Script=Han}/u,
];
const OTHER = PATTERNS.length;
const NOT_A_LETTER = OTHER + 1;

const GROUP = Uint8Array.from({ length: 0x10000 }, (_, code) => groupOf(String.fromCharCode(code)));

function groupOf(char: string): number {
  if (!/\p{L}/u.test(char)) return NOT_A_LETTER;
  const index = PATTERNS.findIndex((pattern) => pattern.test(char));
  return index < 0 ? OTHER : index;
}

export interface Writing {
  /** The group that most letters belong to. */
  group: ScriptGroup;
  /** Letters of all groups, within the first `readMax` code units. */
  letters: number;
}

export function writingOf(text: string, readMax: number): Writing {
  const counts = new Int32Array(NOT_A_LETTER + 1);
  const end = Math.min(text.length, readMax);
  for (let at = 0; at < end; at += 1) {
    const group = GROUP[text.charCodeAt(at)] ?? NOT_A_LETTER;
    counts[group] = (counts[group] ?? 0) + 1;
  }
  let best = NOT_A_LETTER;
  for (let group = 0; group < NOT_A_LETTER; group += 1) {
    if ((counts[group] ?? 0) > (best === NOT_A_LETTER ? 0 : (counts[best] ?? 0))) best = group;
  }
  return { group: SCRIPT_GROUPS[best] ?? 'none', letters: end - (counts[NOT_A_LETTER] ?? 0) };
}
