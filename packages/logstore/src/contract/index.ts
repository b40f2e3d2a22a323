export {
  aServiceEvent,
  aVerdictEvent,
  anActionEvent,
  type LogEventParts,
  type ServiceEventParts,
} from './a-log-event.ts';
export { describeLogStore, type LogStoreUnderTest } from './log-store.suite.ts';
export { aSpan, type SpanParts } from './a-span.ts';
export { describeSpanStore, type SpanStoreUnderTest } from './span-store.suite.ts';
