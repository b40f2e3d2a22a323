import { expect, it } from 'vitest';
import { checkNames } from './check-names.ts';

it('refuses folders and files named common, shared, utils or helpers', () => {
  const bad = ['packages/common/src/index.ts', 'services/bot/src/utils.ts', 'tools/helpers/x.ts', 'web/shared.test.ts'];
  expect(checkNames(bad).map((line) => line.split(':')[0])).toEqual(bad);
});

it('accepts such a word inside a longer name', () => {
  expect(checkNames(['services/operator/src/shared-pool.ts', 'packages/keys/src/seal.ts'])).toEqual([]);
});
