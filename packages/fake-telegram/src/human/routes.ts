/** The human side over HTTP: `POST /human/<verb>` does, `GET /human/<what>` looks. Errors are {error, message}. */
import type { FastifyInstance } from 'fastify';
import type { BoundedLog, RecordLogs } from '../world/record.ts';
import type { ChatKey } from '../world/world.ts';
import { HumanError, type HumanErrorCode } from './errors.ts';
import type { Human } from './human.ts';
import type { MessagesRequest } from './look.ts';
import { DO_SCHEMAS, MEMBERS_QUERY, MESSAGES_QUERY, RECORD_QUERY } from './schemas.ts';

const STATUS: Record<HumanErrorCode, number> = {
  notFound: 404,
  notAMember: 403,
  banned: 403,
  restricted: 403,
  invalid: 400,
};

const RECORD_PAGE = 1000;

export interface HumanDeps {
  human: Human;
  record: RecordLogs;
  /** Shown on the page, so that nobody takes the demo for the real thing. */
  banner: string;
}

type MessagesQuery = Omit<MessagesRequest, 'chat'> & { chat: string };

export function serveHuman(app: FastifyInstance, { human, record, banner }: HumanDeps): void {
  app.setErrorHandler((error: Error & { validation?: unknown; statusCode?: number }, _request, reply) => {
    const { message } = error;
    if (error instanceof HumanError) return reply.code(STATUS[error.code]).send({ error: error.code, message });
    const code = error.validation ? 400 : (error.statusCode ?? 500);
    return reply.code(code).send({ error: code < 500 ? 'invalid' : 'internal', message });
  });

  for (const verb of Object.keys(DO_SCHEMAS) as (keyof typeof DO_SCHEMAS)[]) {
    const act = human[verb] as (body: unknown) => unknown;
    app.post(`/${verb}`, { schema: { body: DO_SCHEMAS[verb] } }, async ({ body }) => ({ result: act(body) ?? true }));
  }

  app.get('/about', async () => ({ banner }));
  app.get('/chats', async () => human.chats());
  app.get('/users', async () => human.users());
  app.get('/presses', async () => human.presses());
  app.get<{ Querystring: MessagesQuery }>('/messages', { schema: { querystring: MESSAGES_QUERY } }, async ({ query }) =>
    human.messages({ ...query, chat: toKey(query.chat) }),
  );
  app.get<{ Querystring: { chat: string } }>(
    '/members',
    { schema: { querystring: MEMBERS_QUERY } },
    async ({ query }) => human.members(toKey(query.chat)),
  );
  for (const name of Object.keys(record) as (keyof RecordLogs)[]) {
    app.get<{ Querystring: PageQuery }>(
      `/record/${name}`,
      { schema: { querystring: RECORD_QUERY } },
      async ({ query }) => pageOf(record[name], query),
    );
  }
}

interface PageQuery {
  after?: number;
  limit?: number;
}

/** `next` is what to pass as `after` to read on; entries dropped meanwhile are skipped. */
function pageOf(log: BoundedLog<unknown>, { after = 0, limit = RECORD_PAGE }: PageQuery) {
  const from = Math.max(after, log.dropped);
  const items = log.items.slice(from - log.dropped, from - log.dropped + limit);
  return { items, next: from + items.length };
}

const toKey = (chat: string): ChatKey => (chat.includes(':') ? (chat as ChatKey) : Number(chat));
