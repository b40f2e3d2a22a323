export * from './bus.ts';
export { createInProcessBus, type InProcessBusOptions } from './in-process/in-process-bus.ts';
export * from './kafka-config.ts';
