export * from './config.ts';
export { feed } from './feed.ts';
export { DEMO_BOT } from './open-telegram.ts';
export * from './wire.ts';
