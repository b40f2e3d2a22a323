export * from './config.ts';
export { DEMO_BOT } from './open-telegram.ts';
export * from './wire.ts';
