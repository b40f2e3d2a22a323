export * from './config.ts';
export type { AlertdPorts } from './ports.ts';
export * from './wire.ts';
