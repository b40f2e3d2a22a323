export {
  aServiceEvent,
  aVerdictEvent,
  anActionEvent,
  type LogEventParts,
  type ServiceEventParts,
} from './a-log-event.ts';
export { describeLogStore, type LogStoreUnderTest } from './log-store.suite.ts';
