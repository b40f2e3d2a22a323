/**
 * What an index of logs looks like: an explicit part of ECS (https://www.elastic.co/docs/reference/ecs), everything else
 * kept in the document and not indexed, so that no field of anybody can blow up the mapping. A value that does not fit
 * its field costs the field, not the document. Pure.
 */
import { logIndices } from '../documents.ts';
import { WORD_LENGTH_MAX } from '../words.ts';

/** Rises with every change below; a server that has a newer one is left alone. */
export const TEMPLATE_VERSION = 1;

/** Above those that distributions bring for `logs-*`. */
const PRIORITY = 300;

const keyword = { type: 'keyword', ignore_above: 1024 };
const id = { type: 'keyword', ignore_above: 512 };
const level = { type: 'keyword', ignore_above: 64, normalizer: 'folded' };
const words = { type: 'match_only_text', analyzer: 'words' };
const date = { type: 'date', ignore_malformed: true };
const number = { type: 'double', ignore_malformed: true };

const moderation = {
  properties: {
    groupId: keyword,
    sender: keyword,
    messageId: { type: 'long', ignore_malformed: true },
    eventId: keyword,
    verdictId: keyword,
    stage: keyword,
    band: keyword,
    mode: keyword,
    actionKind: keyword,
    cause: keyword,
    score: number,
    latencyMs: number,
    weight: number,
    reasons: words,
    // Nested, because a check counts only if it is the one that fired; in the parent too, for the search by words.
    checks: {
      type: 'nested',
      include_in_parent: true,
      properties: { name: { ...keyword, fields: { words } }, fired: { type: 'boolean' } },
    },
  },
};

const properties = {
  '@timestamp': { type: 'date' },
  message: words,
  tags: keyword,
  labels: { type: 'flat_object' },
  event: {
    properties: {
      id,
      kind: keyword,
      category: keyword,
      type: keyword,
      action: keyword,
      dataset: keyword,
      provider: keyword,
      outcome: keyword,
      reason: keyword,
      created: date,
    },
  },
  service: {
    properties: { name: keyword, version: keyword, environment: keyword, node: { properties: { name: keyword } } },
  },
  log: { properties: { level, logger: keyword } },
  trace: { properties: { id: keyword } },
  span: { properties: { id: keyword } },
  host: { properties: { name: keyword } },
  error: { properties: { type: keyword, message: words } },
  chatwarden: moderation,
};

/** The analyzer cuts words as `wordsOf` does. */
const analysis = {
  tokenizer: { words: { type: 'pattern', pattern: '[^\\p{L}\\p{N}\\p{M}]+' } },
  filter: { bounded: { type: 'truncate', length: WORD_LENGTH_MAX } },
  analyzer: { words: { type: 'custom', tokenizer: 'words', filter: ['cjk_width', 'lowercase', 'bounded'] } },
  normalizer: { folded: { type: 'custom', filter: ['lowercase'] } },
};

const settings = {
  number_of_shards: 1,
  // One copy as soon as there is a second node.
  auto_expand_replicas: '0-1',
  // Said outright, an index is refreshed even when nobody has searched it for a while.
  refresh_interval: '1s',
  mapping: { ignore_malformed: true },
  analysis,
};

export interface IndexTemplate {
  index_patterns: string[];
  priority: number;
  template: { aliases: Record<string, object>; settings: object; mappings: object };
  _meta: { managed_by: string; version: number };
}

export function logTemplate(prefix: string): IndexTemplate {
  return {
    index_patterns: [logIndices(prefix)],
    priority: PRIORITY,
    template: {
      aliases: { [`${prefix}logs`]: {} },
      settings: { index: settings },
      mappings: { dynamic: false, date_detection: false, properties },
    },
    _meta: { managed_by: 'chatwarden', version: TEMPLATE_VERSION },
  };
}
