export { createFolderKeys, type FolderKeysOptions } from './folder-keys.ts';
export { contentDigest, pseudonymOf } from './pseudonym.ts';
export { openId, openText, sealId, sealText, type SealedRow } from './seal.ts';
