/**
 * Search works on words that we cut ourselves, the same way for documents and for queries. PostgreSQL's own parser
 * and OpenSearch's standard one keep `casino.example` whole, so that a search for `casino` would miss it.
 */
import type { LogDocument } from '@chatwarden/contracts';

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Bounds of one document's share of the index. */
const WORDS_MAX = 256;
export const WORD_LENGTH_MAX = 64;

/** Distinct words in order of appearance. */
export function wordsOf(text: string): string[] {
  const words = text.normalize('NFKC').toLowerCase().match(WORD) ?? [];
  return [...new Set(words.map((word) => word.slice(0, WORD_LENGTH_MAX)))];
}

/** What a document is found by: message, reasons, check names and pseudonyms. */
export function searchWords({ message = '', chatwarden }: LogDocument): string[] {
  const checks = chatwarden?.checks?.map((check) => check.name) ?? [];
  const parts = [chatwarden?.sender ?? '', ...checks, ...(chatwarden?.reasons ?? []), message];
  return wordsOf(parts.join(' ')).slice(0, WORDS_MAX);
}
