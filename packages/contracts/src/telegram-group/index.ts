export * from './crd.ts';
export * from './resource.ts';
export * from './rules.ts';
export * from './spec.ts';
export * from './status.ts';
