/** The page at `/` is a handful of small files as they are: read once, served from memory, no build. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const PAGE_DIR = join(import.meta.dirname, '..', 'page');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export function servePage(app: FastifyInstance): void {
  for (const name of readdirSync(PAGE_DIR)) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const body = readFileSync(join(PAGE_DIR, name));
    const url = name === 'index.html' ? '/' : `/${name}`;
    app.get(url, { schema: { hide: true } }, (_request, reply) => reply.type(type).send(body));
  }
}
