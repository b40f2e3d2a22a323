/** Everything that newcomers try, by where the payload sits. */
import type { SpamAct } from './content.ts';
import { blatant } from './spam/blatant.ts';
import { carried } from './spam/carried.ts';
import { disguised } from './spam/disguised.ts';
import { offers } from './spam/offers.ts';
import { staged } from './spam/staged.ts';

export const SPAM: readonly SpamAct[] = [...blatant, ...disguised, ...carried, ...staged, ...offers];
