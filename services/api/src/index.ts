export * from './config.ts';
export * from './wire.ts';
