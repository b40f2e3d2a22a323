export { createBusDurable } from './accept/to-bus.ts';
export { createLogStoreDurable } from './accept/to-log-store.ts';
export type { AcceptedDocument, Durable, Kept } from './accept/durable.ts';
export * from './config.ts';
export * from './wire.ts';
export { traceSink } from './traces/document-spans.ts';
export { TRACES_PATH } from './traces/trace-routes.ts';
export { makeKey, type NewKey } from './keys/make-key.ts';
