export * from './builders.ts';
export * from './manual-clock.ts';
