/** OpenSearch for tests. Needs the global setup of vitest-opensearch.ts in the project's vitest configuration. */
import { inject } from 'vitest';
import { makePrefix } from './prefix.ts';

export interface TestOpenSearch {
  url: string;
  /** Unlike any other: what the names of indices, templates and aliases of one test begin with. */
  prefix: string;
}

/** For `describe.skipIf(!hasOpenSearch())('... (needs OpenSearch)')`. */
export function hasOpenSearch(): boolean {
  return 'url' in inject('opensearch');
}

export function testOpenSearch(): TestOpenSearch {
  const openSearch = inject('opensearch');
  if ('missing' in openSearch) throw new Error(openSearch.missing);
  return { url: openSearch.url, prefix: makePrefix() };
}
