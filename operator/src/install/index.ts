export * from './install-object.ts';
export * from './installs.ts';
export * from './user-roles.ts';
