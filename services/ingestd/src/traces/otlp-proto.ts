/**
 * The messages of OTLP that concern traces, as far as they are read here.
 * Source: https://github.com/open-telemetry/opentelemetry-proto (v1.9.0), trace/v1, common/v1, resource/v1 and
 * collector/trace/v1; the answer to a failure is google.rpc.Status.
 *
 * Spans are declared as bytes, which are the same on the wire: each is decoded by itself, so that one that cannot be read
 * costs no other.
 */
import { Root } from 'protobufjs/light.js';

const repeated = (type: string, id: number) => ({ rule: 'repeated', type, id });
const field = (type: string, id: number) => ({ type, id });

const MESSAGES = {
  ExportTraceServiceRequest: { fields: { resourceSpans: repeated('ResourceSpans', 1) } },
  ResourceSpans: { fields: { resource: field('Resource', 1), scopeSpans: repeated('ScopeSpans', 2) } },
  Resource: { fields: { attributes: repeated('KeyValue', 1) } },
  ScopeSpans: { fields: { scope: field('InstrumentationScope', 1), spans: repeated('bytes', 2) } },
  InstrumentationScope: {
    fields: { name: field('string', 1), version: field('string', 2), attributes: repeated('KeyValue', 3) },
  },
  Span: {
    fields: {
      traceId: field('bytes', 1),
      spanId: field('bytes', 2),
      traceState: field('string', 3),
      parentSpanId: field('bytes', 4),
      name: field('string', 5),
      kind: field('int32', 6),
      startTimeUnixNano: field('fixed64', 7),
      endTimeUnixNano: field('fixed64', 8),
      attributes: repeated('KeyValue', 9),
      droppedAttributesCount: field('uint32', 10),
      events: repeated('Event', 11),
      droppedEventsCount: field('uint32', 12),
      links: repeated('Link', 13),
      droppedLinksCount: field('uint32', 14),
      status: field('Status', 15),
    },
  },
  Event: {
    fields: {
      timeUnixNano: field('fixed64', 1),
      name: field('string', 2),
      attributes: repeated('KeyValue', 3),
      droppedAttributesCount: field('uint32', 4),
    },
  },
  Link: {
    fields: {
      traceId: field('bytes', 1),
      spanId: field('bytes', 2),
      traceState: field('string', 3),
      attributes: repeated('KeyValue', 4),
      droppedAttributesCount: field('uint32', 5),
    },
  },
  Status: { fields: { message: field('string', 2), code: field('int32', 3) } },
  KeyValue: { fields: { key: field('string', 1), value: field('AnyValue', 2) } },
  AnyValue: {
    oneofs: {
      value: {
        oneof: ['stringValue', 'boolValue', 'intValue', 'doubleValue', 'arrayValue', 'kvlistValue', 'bytesValue'],
      },
    },
    fields: {
      stringValue: field('string', 1),
      boolValue: field('bool', 2),
      intValue: field('int64', 3),
      doubleValue: field('double', 4),
      arrayValue: field('ArrayValue', 5),
      kvlistValue: field('KeyValueList', 6),
      bytesValue: field('bytes', 7),
    },
  },
  ArrayValue: { fields: { values: repeated('AnyValue', 1) } },
  KeyValueList: { fields: { values: repeated('KeyValue', 1) } },
  ExportTraceServiceResponse: { fields: { partialSuccess: field('ExportTracePartialSuccess', 1) } },
  ExportTracePartialSuccess: { fields: { rejectedSpans: field('int64', 1), errorMessage: field('string', 2) } },
  RpcStatus: { fields: { code: field('int32', 1), message: field('string', 2) } },
};

const root = Root.fromJSON({ nested: MESSAGES });

export const ExportTraceServiceRequest = root.lookupType('ExportTraceServiceRequest');
export const ExportTraceServiceResponse = root.lookupType('ExportTraceServiceResponse');
export const Span = root.lookupType('Span');
export const RpcStatus = root.lookupType('RpcStatus');
