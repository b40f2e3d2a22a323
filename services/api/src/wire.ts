/** Puts the API together from its ports; opens nothing but, when asked, its port. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '@chatwarden/contracts';
import { closeGently, listenOrExplain, type Logger, type Metrics } from '@chatwarden/daemon';
import type { LogStore } from '@chatwarden/logstore';
import type { Groups } from '@chatwarden/store';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyInstance } from 'fastify';
import { refuseStrangers } from './access/refuse-strangers.ts';
import { secureHeaders } from './access/secure-headers.ts';
import { allowedHosts, type ApiConfig } from './config.ts';
import { createApiMetrics } from './metrics.ts';
import { answerProblems, createAnswerError } from './problems/answer-problems.ts';
import { Problem } from './problems/problem.ts';
import { describeApi, openapiRoute } from './routes/openapi.ts';
import type { RouteDeps } from './routes/route.ts';
import { PREFIX, ROUTES } from './routes/routes.ts';
import { servePage } from './serve-page.ts';

export interface ApiPorts {
  groups: Pick<Groups, 'listGroups'>;
  logStore: Pick<LogStore, 'search' | 'hourly'>;
  clock: Clock;
  log: Pick<Logger, 'error'>;
  metrics?: Metrics;
}

export interface Api {
  /** For tests: `inject` needs no port. */
  app: FastifyInstance;
  /** Resolves to the address to open. Rejects with Failure `portUnavailable` (never). */
  listen(): Promise<{ url: string }>;
  /** Finishes the requests in hand. */
  close(): Promise<void>;
}

export function wire(ports: ApiPorts, config: ApiConfig): Api {
  const { groups, logStore, clock, log, metrics } = ports;
  const answerError = createAnswerError(log);
  const app: FastifyInstance = Fastify({
    logger: false,
    genReqId: () => randomUUID(),
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    // All wrong fields at once; a parameter that is not known is a mistake and not to be ignored.
    ajv: { customOptions: { allErrors: true, removeAdditional: false } },
  });
  if (metrics) measure(app, metrics);
  secureHeaders(app);
  refuseStrangers(app, allowedHosts(config));
  answerProblems(app, answerError);
  serveApi(app, { groups, logStore, clock, demo: config.DEMO });
  servePage(app);
  return { app, listen: () => listen(app, config), close: () => closeGently(app, ports.clock) };
}

function serveApi(app: FastifyInstance, deps: RouteDeps): void {
  app.addSchema(Problem);
  describeApi(app);
  void app.register(
    async (scope) => {
      const typed = scope.withTypeProvider<TypeBoxTypeProvider>();
      for (const route of ROUTES) route(typed, deps);
      openapiRoute(scope);
    },
    { prefix: PREFIX },
  );
}

function measure(app: FastifyInstance, { registry }: Metrics): void {
  const { requests } = createApiMetrics(registry);
  app.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    const labels = { method, route: routeOptions.url ?? 'none', status: reply.statusCode };
    requests.observe(labels, reply.elapsedTime / 1000);
  });
}

async function listen(app: FastifyInstance, { HOST, PORT }: ApiConfig): Promise<{ url: string }> {
  const address = new URL(await listenOrExplain('PORT', PORT, () => app.listen({ host: HOST, port: PORT })));
  if (HOST === '127.0.0.1') address.hostname = 'localhost';
  return { url: address.href };
}
