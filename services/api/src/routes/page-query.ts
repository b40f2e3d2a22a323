/** What lists of logged events have in common: newest first, a time range, words, and a cursor to the next page. */
import type { GroupId } from '@chatwarden/contracts';
import type { Query } from '@chatwarden/logstore';
import { Type } from 'typebox';
import { Time } from './route.ts';

const LIMIT_DEFAULT = 50;

/** Spread into a route's own query; its schema must not allow additional properties. */
export const pageQuery = {
  from: Type.Optional({ ...Time, description: 'not before; RFC 3339' }),
  to: Type.Optional({ ...Time, description: 'before; RFC 3339' }),
  text: Type.Optional(
    Type.String({ maxLength: 200, description: 'every word must occur: in reasons, check names or pseudonyms' }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: LIMIT_DEFAULT })),
  cursor: Type.Optional(Type.String({ maxLength: 200, description: 'from the page before' })),
};

export const nextCursor = {
  cursor: Type.Optional(Type.String({ description: 'of the next page; absent on the last' })),
};

export interface PageQuery {
  from?: string | undefined;
  to?: string | undefined;
  text?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

export function toQuery(groupId: GroupId, dataset: string, page: PageQuery): Query {
  const { from, to, text, limit = LIMIT_DEFAULT, cursor } = page;
  return {
    groupId,
    dataset,
    limit,
    ...(from === undefined ? {} : { from: Date.parse(from) }),
    ...(to === undefined ? {} : { to: Date.parse(to) }),
    ...(text === undefined ? {} : { text }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}
