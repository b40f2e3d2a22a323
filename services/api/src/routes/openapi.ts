import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';

/** Must be registered before the routes that it describes. */
export function describeApi(app: FastifyInstance): void {
  void app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Chatwarden', version: '1', description: 'What was judged and done in the groups.' },
    },
    // Schemas keep the names that the code gives them; all have one.
    refResolver: { buildLocalReference: (schema) => schema['$id'] as string },
  });
}

/** GET /api/v1/openapi.json: the description of this API. */
export function openapiRoute(app: FastifyInstance): void {
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}
