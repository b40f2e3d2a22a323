import { ActionKind, DATASETS, Id, Pseudonym, type LogEvent } from '@chatwarden/contracts';
import { Type, type Static } from 'typebox';
import { nextCursor, pageQuery, toQuery } from './page-query.ts';
import { GroupParams, PROBLEMS, requireGroup, Time, type Route } from './route.ts';

const Result = Type.Enum(['done', 'skipped', 'failed']);

const ActionItem = Type.Object(
  {
    id: Id,
    time: { ...Time, description: 'when it was carried out; RFC 3339' },
    message: Type.String({ description: 'the outcome in one line' }),
    kind: Type.Optional(ActionKind),
    cause: Type.Optional({ ...Id, description: 'the verdict, correction or campaign that asked for it' }),
    messageId: Type.Optional(Type.Integer()),
    sender: Type.Optional(Pseudonym),
    result: Result,
    reason: Type.Optional(Type.String({ description: 'why it was skipped or failed' })),
    latencyMs: Type.Optional(Type.Number({ description: 'from delivery of the message to the effect' })),
    traceId: Type.Optional(Type.String()),
  },
  { $id: 'Action' },
);

const ActionPage = Type.Object({ actions: Type.Array(Type.Ref('Action')), ...nextCursor }, { $id: 'ActionPage' });

const ActionQuery = Type.Object({ ...pageQuery, kind: Type.Optional(ActionKind) }, { additionalProperties: false });

/** GET /api/v1/groups/:groupId/actions: newest first, each with its outcome. */
export const actionsRoute: Route = (app, deps) => {
  app.addSchema(ActionItem);
  app.addSchema(ActionPage);
  const schema = {
    operationId: 'listActions',
    summary: 'Actions in a group with their outcome, newest first',
    params: GroupParams,
    querystring: ActionQuery,
    response: { 200: Type.Ref('ActionPage'), ...PROBLEMS },
  };
  app.get('/groups/:groupId/actions', { schema }, async ({ params, query }) => {
    const { kind, ...page } = query;
    const { groupId } = await requireGroup(deps, params.groupId);
    const { events, ...rest } = await deps.logStore.search({
      ...toQuery(groupId, DATASETS.action, page),
      ...(kind === undefined ? {} : { actionKind: kind }),
    });
    return { actions: events.map(toItem), ...rest };
  });
};

function toItem({ chatwarden: about, ...event }: LogEvent): Static<typeof ActionItem> {
  // What is undefined is left out of the answer.
  const optional = {
    kind: about?.actionKind,
    cause: about?.cause,
    messageId: about?.messageId,
    sender: about?.sender,
    reason: event.event.reason,
    latencyMs: about?.latencyMs,
    traceId: event.trace?.id,
  } as Partial<Static<typeof ActionItem>>;
  return {
    ...optional,
    id: event.event.id,
    time: event['@timestamp'],
    message: event.message,
    result: resultOf(event),
  };
}

/** ECS knows no "skipped": the journal writes a success with a reason. */
function resultOf({ event }: Pick<LogEvent, 'event'>): Static<typeof Result> {
  if (event.outcome === 'failure') return 'failed';
  return event.reason === undefined ? 'done' : 'skipped';
}
