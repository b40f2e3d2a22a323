export { aVerdictEvent, anActionEvent, type LogEventParts } from './a-log-event.ts';
export { describeLogStore, type LogStoreUnderTest } from './log-store.suite.ts';
