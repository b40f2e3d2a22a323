// Everything in the tree that a program writes. Adding one: its generator, and a line here.
import { checksPage } from './checks-page.ts';
import type { Generator } from './compare.ts';

export const GENERATORS: readonly Generator[] = [checksPage];
