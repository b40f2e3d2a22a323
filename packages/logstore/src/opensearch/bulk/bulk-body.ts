/**
 * The body of a bulk request: an action line and the document's own line, again and again. Documents are copied as bytes
 * and never parsed; so whatever could break the framing, and cost the neighbours, is refused before.
 */
import type { RawDocument } from '../../documents.ts';

/** OpenSearch refuses the whole request for a longer one. */
const ID_BYTES_MAX = 512;
/** Needs no quoting in JSON. */
const PLAIN = /^[\w.-]+$/;
const LINE_FEED = 10;

/** Why this document must not travel with others; undefined when it may. */
export function faultOf({ id, index, line }: RawDocument): string | undefined {
  if (id === '' || Buffer.byteLength(id) > ID_BYTES_MAX) return `the id is empty or over ${ID_BYTES_MAX} bytes`;
  if (index === '') return 'the index has no name';
  if (line.length === 0) return 'the document is empty';
  if (line.includes(LINE_FEED)) return 'the document is more than one line';
  return undefined;
}

/** Of one document within a body. */
export function bytesOf({ id, index, line }: RawDocument): number {
  return Buffer.byteLength(actionLine(id, index)) + line.length + 1;
}

export function bulkBody(documents: readonly RawDocument[], bytes: number): Uint8Array {
  const body = Buffer.allocUnsafe(bytes);
  let at = 0;
  for (const { id, index, line } of documents) {
    at += body.write(actionLine(id, index), at);
    body.set(line, at);
    at += line.length;
    body[at++] = LINE_FEED;
  }
  return body;
}

function actionLine(id: string, index: string): string {
  return `{"create":{"_index":${quote(index)},"_id":${quote(id)}}}\n`;
}

function quote(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
