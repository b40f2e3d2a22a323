/** What every route file gets, and what their schemas have in common. */
import type { Clock, GroupId } from '@chatwarden/contracts';
import type { LogStore } from '@chatwarden/logstore';
import type { GroupOverview, Groups } from '@chatwarden/store';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import { Type } from 'typebox';
import { ProblemError } from '../problems/problem.ts';

export type TypedApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface RouteDeps {
  groups: Pick<Groups, 'listGroups'>;
  logStore: Pick<LogStore, 'search' | 'hourly'>;
  clock: Pick<Clock, 'now'>;
  demo: boolean;
}

export type Route = (app: TypedApp, deps: RouteDeps) => void;

export const Time = Type.String({ format: 'date-time', description: 'RFC 3339' });

export const GroupParams = Type.Object({ groupId: Type.String({ description: 'our own id of a group' }) });

const problem = { content: { 'application/problem+json': { schema: Type.Ref('Problem') } } };
export const PROBLEMS = {
  '4xx': { description: 'The request is at fault', ...problem },
  '5xx': { description: 'We are at fault, or something that we need is away', ...problem },
};

export async function requireGroup({ groups }: Pick<RouteDeps, 'groups'>, groupId: GroupId): Promise<GroupOverview> {
  const group = (await groups.listGroups()).find((known) => known.groupId === groupId);
  if (group) return group;
  throw new ProblemError({ code: 'unknown-group', title: 'There is no such group', status: 404 });
}
