import type { GroupId, Millis } from '@chatwarden/contracts';
import { Type, type Static } from 'typebox';
import { badRequest } from '../problems/problem.ts';
import { GroupParams, PROBLEMS, requireGroup, Time, type Route, type RouteDeps } from './route.ts';
import { HOUR_MS, hourStart, Counts, HourStats, toStats, type Range } from './to-stats.ts';

const DAY_MS = 24 * HOUR_MS;
const RANGE_MAX_DAYS = 31;

const Stats = Type.Object(
  {
    from: { ...Time, description: 'start of the first hour counted' },
    to: { ...Time, description: 'end of the range; hours that begin before it are counted' },
    totals: Type.Ref('Counts'),
    hours: Type.Array(Type.Ref('HourStats'), { description: 'every hour of the range, oldest first' }),
  },
  { $id: 'Stats' },
);

const StatsQuery = Type.Object(
  {
    from: Type.Optional({ ...Time, description: 'RFC 3339, down to the hour; absent is a day before `to`' }),
    to: Type.Optional({ ...Time, description: 'RFC 3339; absent is now' }),
  },
  { additionalProperties: false },
);

/** GET /api/v1/stats and /api/v1/groups/:groupId/stats: counts by band and kind of action, hour by hour. */
export const statsRoute: Route = (app, deps) => {
  for (const schema of [Counts, HourStats, Stats]) app.addSchema(schema);
  const schema = { querystring: StatsQuery, response: { 200: Type.Ref('Stats'), ...PROBLEMS } };
  const ofAll = { ...schema, operationId: 'getStats', summary: 'Counts over all groups' };
  const ofGroup = { ...schema, operationId: 'getGroupStats', summary: 'Counts of a group', params: GroupParams };
  app.get('/stats', { schema: ofAll }, ({ query }) => answer(deps, toRange(query, deps.clock.now())));
  app.get('/groups/:groupId/stats', { schema: ofGroup }, async ({ params, query }) => {
    const range = toRange(query, deps.clock.now());
    const { groupId } = await requireGroup(deps, params.groupId);
    return answer(deps, range, groupId);
  });
};

async function answer({ logStore }: RouteDeps, range: Range, groupId?: GroupId): Promise<Static<typeof Stats>> {
  const counts = await logStore.hourly({ ...range, ...(groupId === undefined ? {} : { groupId }) });
  const { totals, hours } = toStats(counts, range);
  return { from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString(), totals, hours };
}

function toRange(query: Static<typeof StatsQuery>, now: Millis): Range {
  const to = query.to === undefined ? now : Date.parse(query.to);
  const from = hourStart(query.from === undefined ? to - DAY_MS : Date.parse(query.from));
  if (from >= to) throw badRequest([{ pointer: '/query/from', detail: 'must be before the end' }]);
  if (to - from > RANGE_MAX_DAYS * DAY_MS) {
    throw badRequest([{ pointer: '/query/from', detail: `must be at most ${RANGE_MAX_DAYS} days before the end` }]);
  }
  return { from, to };
}
