/**
 * What an index of spans looks like: the fields that Trace Analytics asks for have the types that Data Prepper gives them;
 * attributes are flat objects and not dynamic fields, since anybody may send any. Each of their values is found as a
 * keyword by its path, and no name or type of one service costs another its spans. Pure.
 * Source: `otel-v1-apm-span-index-standard-template.json` of
 * https://github.com/opensearch-project/data-prepper/tree/main/data-prepper-plugins/opensearch
 */
import { SPAN_ALIAS, spanIndices } from '../documents.ts';
import type { IndexTemplate } from './template.ts';

/** Rises with every change below; a server that has a newer one is left alone. */
export const SPAN_TEMPLATE_VERSION = 1;

const PRIORITY = 300;

const keyword = (ignoreAbove: number) => ({ type: 'keyword', ignore_above: ignoreAbove });
const attributes = { type: 'flat_object' };
const count = { type: 'integer' };
const nanos = { type: 'date_nanos' };

const properties = {
  traceId: keyword(32),
  spanId: keyword(16),
  parentSpanId: keyword(16),
  traceState: keyword(1024),
  name: keyword(1024),
  kind: keyword(128),
  serviceName: keyword(256),
  startTime: nanos,
  endTime: nanos,
  durationInNanos: { type: 'long' },
  status: { properties: { code: count, message: keyword(2048) } },
  traceGroup: keyword(1024),
  traceGroupFields: { properties: { endTime: nanos, durationInNanos: { type: 'long' }, statusCode: count } },
  events: {
    type: 'nested',
    properties: { name: keyword(1024), time: nanos, attributes, droppedAttributesCount: count },
  },
  links: {
    type: 'nested',
    properties: {
      traceId: keyword(32),
      spanId: keyword(16),
      traceState: keyword(1024),
      attributes,
      droppedAttributesCount: count,
    },
  },
  droppedAttributesCount: { type: 'long' },
  droppedEventsCount: { type: 'long' },
  droppedLinksCount: { type: 'long' },
  instrumentationScope: { properties: { name: keyword(256), version: keyword(64), attributes } },
  resource: { properties: { attributes } },
  attributes,
};

export function spanTemplate(prefix: string): IndexTemplate {
  return {
    index_patterns: [spanIndices(prefix)],
    priority: PRIORITY,
    template: {
      aliases: { [prefix + SPAN_ALIAS]: {} },
      settings: { index: { number_of_shards: 1, auto_expand_replicas: '0-1', refresh_interval: '1s' } },
      mappings: { dynamic: false, date_detection: false, properties },
    },
    _meta: { managed_by: 'chatwarden', version: SPAN_TEMPLATE_VERSION },
  };
}
