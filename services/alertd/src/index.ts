export * from './config.ts';
export type { AlertdPorts } from './ports.ts';
export * from './wire.ts';
export { createIngestPoster, type PostDeps } from './journal/post.ts';
