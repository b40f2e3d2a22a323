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
  if (id === '' || isTooLong(id)) return `the id is empty or over ${ID_BYTES_MAX} bytes`;
  if (index === '') return 'the index has no name';
  if (line.length === 0) return 'the document is empty';
  if (line.includes(LINE_FEED)) return 'the document is more than one line';
  return undefined;
}

/** A character has three bytes at most, so that most ids need not be looked through. */
function isTooLong(id: string): boolean {
  return id.length * 3 > ID_BYTES_MAX && Buffer.byteLength(id) > ID_BYTES_MAX;
}

/** Of one document within a body. */
export function bytesOf({ id, index, line }: RawDocument): number {
  const quotedBytes = PLAIN.test(id) ? id.length + 2 : Buffer.byteLength(JSON.stringify(id));
  return beforeId(index).bytes + quotedBytes + AFTER_ID.length + line.length + 1;
}

export function bulkBody(documents: readonly RawDocument[], bytes: number): Uint8Array {
  const body = Buffer.allocUnsafe(bytes);
  let at = 0;
  for (const { id, index, line } of documents) {
    at += body.write(beforeId(index).text + quote(id) + AFTER_ID, at);
    body.set(line, at);
    at += line.length;
    body[at++] = LINE_FEED;
  }
  return body;
}

const AFTER_ID = '}}\n';
let last = { index: '', text: '', bytes: 0 };

/** Documents of one index mostly come one after the other. */
function beforeId(index: string): typeof last {
  if (last.index === index) return last;
  const text = `{"create":{"_index":${quote(index)},"_id":`;
  return (last = { index, text, bytes: Buffer.byteLength(text) });
}

function quote(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
