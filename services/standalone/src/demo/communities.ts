/** The three groups of the demo. */
import { coders } from './communities/coders.ts';
import { growers } from './communities/growers.ts';
import { neighbours } from './communities/neighbours.ts';
import type { Community } from './content.ts';

export const COMMUNITIES: readonly Community[] = [growers, neighbours, coders];
