/** Request bodies in every form that the Bot API takes. Uploaded files are dropped: only fields are read. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { badRequest } from './errors.ts';

export function parseBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string) =>
    parseJson(body),
  );
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: unknown, body: string) => Object.fromEntries(new URLSearchParams(body)),
  );
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      const headers = { 'content-type': request.headers['content-type'] ?? '' };
      const form = await new Response(new Uint8Array(body), { headers }).formData();
      return Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'));
    },
  );
  // Telegram ignores bodies of other types.
  app.addContentTypeParser('*', { parseAs: 'string' }, async () => ({}));
}

function parseJson(body: string): unknown {
  if (body === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    throw badRequest("can't parse the request: it is no JSON");
  }
}
