import { Band, CheckResult, DATASETS, Id, Mode, Pseudonym, Stage, type LogEvent } from '@chatwarden/contracts';
import { Type, type Static } from 'typebox';
import { nextCursor, pageQuery, toQuery } from './page-query.ts';
import { GroupParams, PROBLEMS, requireGroup, Time, type Route } from './route.ts';

const VerdictItem = Type.Object(
  {
    id: Id,
    time: { ...Time, description: 'when the message was written; RFC 3339' },
    judgedAt: Time,
    message: Type.String({ description: 'the verdict in one line; never the words of the chat' }),
    eventId: Type.Optional(Id),
    messageId: Type.Optional(Type.Integer()),
    sender: Type.Optional(Pseudonym),
    stage: Type.Optional(Stage),
    band: Type.Optional(Band),
    mode: Type.Optional(Mode),
    score: Type.Optional(Type.Number({ description: 'calibrated probability of spam' })),
    reasons: Type.Array(Type.String()),
    checks: Type.Array(CheckResult),
    latencyMs: Type.Optional(Type.Number({ description: 'from delivery to verdict' })),
    weight: Type.Number({ description: 'how many verdicts this one stands for; above 1 in a sample' }),
    detector: Type.String({ description: 'version that judged' }),
    traceId: Type.Optional(Type.String()),
  },
  { $id: 'Verdict' },
);

const VerdictPage = Type.Object({ verdicts: Type.Array(Type.Ref('Verdict')), ...nextCursor }, { $id: 'VerdictPage' });

const VerdictQuery = Type.Object(
  { ...pageQuery, band: Type.Optional(Band), stage: Type.Optional(Stage) },
  { additionalProperties: false },
);

/** GET /api/v1/groups/:groupId/verdicts: newest first, each with its reasons. */
export const verdictsRoute: Route = (app, deps) => {
  app.addSchema(VerdictItem);
  app.addSchema(VerdictPage);
  const schema = {
    operationId: 'listVerdicts',
    summary: 'Verdicts of a group with their reasons, newest first',
    params: GroupParams,
    querystring: VerdictQuery,
    response: { 200: Type.Ref('VerdictPage'), ...PROBLEMS },
  };
  app.get('/groups/:groupId/verdicts', { schema }, async ({ params, query }) => {
    const { band, stage, ...page } = query;
    const { groupId } = await requireGroup(deps, params.groupId);
    const { events, ...rest } = await deps.logStore.search({
      ...toQuery(groupId, DATASETS.verdict, page),
      ...(band === undefined ? {} : { band }),
      ...(stage === undefined ? {} : { stage }),
    });
    return { verdicts: events.map(toItem), ...rest };
  });
};

function toItem({ chatwarden: about, ...event }: LogEvent): Static<typeof VerdictItem> {
  // What is undefined is left out of the answer.
  const optional = {
    eventId: about?.eventId,
    messageId: about?.messageId,
    sender: about?.sender,
    stage: about?.stage,
    band: about?.band,
    mode: about?.mode,
    score: about?.score,
    latencyMs: about?.latencyMs,
    traceId: event.trace?.id,
  } as Partial<Static<typeof VerdictItem>>;
  return {
    ...optional,
    id: event.event.id,
    time: event['@timestamp'],
    judgedAt: event.event.created,
    message: event.message,
    reasons: about?.reasons ?? [],
    checks: about?.checks ?? [],
    weight: about?.weight ?? 1,
    detector: event.labels['detector'] ?? event.service.version,
  };
}
