/** The page at `/`: two static files, read once. */
import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

export function servePage(app: FastifyInstance): void {
  const html = readFileSync(new URL('./index.html', import.meta.url), 'utf8');
  const script = readFileSync(new URL('./page.js', import.meta.url), 'utf8');
  app.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(html));
  app.get('/page.js', async (_request, reply) => reply.type('text/javascript; charset=utf-8').send(script));
}
