export * from './config.ts';
export * from './wire.ts';
export { createIngestPoster, type PostDeps } from './journal/post.ts';
