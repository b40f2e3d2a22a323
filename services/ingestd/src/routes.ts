import { ingestRoute } from './accept/ingest-route.ts';
import type { Route } from './route.ts';

/** Everything that the door opens to. */
export const ROUTES: readonly Route[] = [ingestRoute];
