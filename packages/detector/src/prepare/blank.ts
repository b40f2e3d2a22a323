/** Text that nobody sees. */
import { INVISIBLE, KIND, MARK, SPACE, SURROGATE } from './code-points.ts';

/** Longer is never blank in practice, and must not cost more. */
const READ_MAX = 64;

/** Nothing but white space, invisible characters, loose marks, full stops and commas. */
export function isBlank(text: string): boolean {
  if (text.length > READ_MAX) return false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const kind = KIND[unit] ?? 0;
    // Beyond the 16-bit plane only the tags are invisible: U+E0000 to U+E0FFF.
    if (kind === SURROGATE && (unit === 0xdb40 || (unit >= 0xdc00 && text.charCodeAt(at - 1) === 0xdb40))) continue;
    const shows = kind !== SPACE && kind !== INVISIBLE && kind !== MARK && unit !== 0x2e && unit !== 0x2c;
    if (shows) return false;
  }
  return true;
}
