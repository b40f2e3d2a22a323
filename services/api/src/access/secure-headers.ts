import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const self = ["'self'"];
const none = ["'none'"];

/** No script, style or request but our own, in nobody's frame. TLS is the proxy's, and so is HSTS. */
export function secureHeaders(app: FastifyInstance): void {
  void app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: none,
        scriptSrc: self,
        styleSrc: self,
        imgSrc: self,
        connectSrc: self,
        baseUri: none,
        formAction: none,
        frameAncestors: none,
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    hsts: false,
  });
  app.addHook('onRequest', async (request, reply) => {
    // The page may be kept if it is asked after each time; answers of the API are about people and are not kept.
    reply.header('cache-control', request.url.startsWith('/api/') ? 'no-store' : 'no-cache');
  });
}
