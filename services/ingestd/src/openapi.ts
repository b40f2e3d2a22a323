import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { AllAccepted, SomeRefused } from './accept/answer.ts';
import { IncomingDocument } from './accept/incoming-document.ts';
import { Problem, RefusedEvent } from './problems/problem.ts';

/** Must be registered before the routes that it describes. */
export function describeDoor(app: FastifyInstance): void {
  for (const schema of [RefusedEvent, Problem, AllAccepted, SomeRefused, IncomingDocument]) app.addSchema(schema);
  void app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Chatwarden ingestd', version: '1', description: 'The door for logs and traces.' },
      components: {
        securitySchemes: {
          key: {
            type: 'http',
            scheme: 'bearer',
            description: 'an API key, cwi_...; not asked for where the door is open on loopback only',
          },
        },
      },
    },
    // Schemas keep the names that the code gives them; all have one.
    refResolver: { buildLocalReference: (schema) => schema['$id'] as string },
  });
}

/** GET /openapi.json: the description of this door. */
export function openapiRoute(app: FastifyInstance): void {
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}
