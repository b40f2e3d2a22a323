import { actionsRoute } from './actions.ts';
import { groupsRoute } from './groups.ts';
import type { Route } from './route.ts';
import { statsRoute } from './stats.ts';
import { verdictsRoute } from './verdicts.ts';

/** Everything below /api/v1. */
export const ROUTES: readonly Route[] = [groupsRoute, verdictsRoute, actionsRoute, statsRoute];
export const PREFIX = '/api/v1';
