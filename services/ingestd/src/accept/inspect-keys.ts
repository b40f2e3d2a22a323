/**
 * One look at every key of a document. `__proto__` changes what an object is for whoever copies it carelessly, and no
 * document needs it; what is nested without end makes others run out of stack; dotted keys have to be nested. Pure.
 */

export type KeyFinding = 'plain' | 'dotted' | 'forbidden' | 'deep';

const FORBIDDEN = '__proto__';
/** As deep as an index maps by default (index.mapping.depth.limit). */
export const DEPTH_MAX = 20;

export function inspectKeys(document: object, depth = 1): KeyFinding {
  if (depth > DEPTH_MAX) return 'deep';
  let found: KeyFinding = 'plain';
  for (const key in document) {
    if (key.includes('.')) {
      if (key.split('.').includes(FORBIDDEN)) return 'forbidden';
      found = 'dotted';
    } else if (key === FORBIDDEN) return 'forbidden';
    const value = (document as Record<string, unknown>)[key];
    if (typeof value !== 'object' || value === null) continue;
    const inner = inspectKeys(value, depth + 1);
    if (inner === 'forbidden' || inner === 'deep') return inner;
    // A dot in the name of a label is part of the name.
    if (inner === 'dotted' && !(depth === 1 && key === 'labels')) found = 'dotted';
  }
  return found;
}
