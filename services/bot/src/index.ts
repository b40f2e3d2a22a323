export * from './config.ts';
export * from './wire.ts';
export { createGrammyApi } from './telegram/grammy-api.ts';
