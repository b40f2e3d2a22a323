/**
 * The frame of a service that is a process of its own. Health answers first, so that an orchestrator can see what the
 * process waits for; then each dependency is opened, and one that is away is waited for: a restart would not bring it.
 */
import { hostname } from 'node:os';
import { Failure, type Clock, type Service } from '@chatwarden/contracts';
import type { TObject } from 'typebox';
import { systemClock, untilAborted } from '../clock.ts';
import { ConfigError } from '../config/config-error.ts';
import { describeConfig } from '../config/describe-config.ts';
import { startHealthServer } from '../health-server.ts';
import type { Lifecycle } from '../lifecycle.ts';
import { listenOrExplain } from '../listen-or-explain.ts';
import { createLogger, type Logger } from '../log/logger.ts';
import { createMetrics, type Metrics } from '../metrics.ts';
import { runDaemon, type Daemon } from '../run-daemon.ts';
import { startTracing } from '../tracing/start-tracing.ts';
import type { Tracer } from '../tracing/tracer.ts';
import { tracingSettings } from '../tracing/tracing-config.ts';
import { createReadiness } from './readiness.ts';
import type { ServiceConfig } from './service-config.ts';
import { untilOpen } from './until-open.ts';

export interface ServiceFrame<C> {
  config: C;
  service: Service;
  /** INSTANCE, or its default. */
  instance: string;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  /** Traces nothing where TRACE_URL is not set. */
  tracer: Tracer;
  lifecycle: Lifecycle;
  /** Aborts when the process is asked to stop. */
  signal: AbortSignal;
  /** One more condition of /readyz; a rejection counts as not ready, and a string that it resolves to is shown beside it. */
  readyWhen(name: string, check: () => unknown): void;
  /** Tries until it opens, as long as what fails is a Failure of class `later`. Rejects when the process is to stop. */
  open<T>(what: string, open: () => Promise<T>): Promise<T>;
  /** Ends the process, which cannot go on: for what is found out elsewhere than in `work`. */
  fail(reason: string): void;
}

export interface ServiceDefinition<C extends ServiceConfig> {
  name: string;
  /** One sentence for --help. */
  about: string;
  schema: TObject;
  /** Throws ConfigError. */
  readConfig(): C;
  /** Opens, wires and starts; resolves to what is to be waited for besides a signal, when there is such a thing. */
  start(frame: ServiceFrame<C>): Promise<{ work?: Promise<unknown> } | void>;
}

/** Resolves to the exit code: 2 for wrong arguments or settings. */
export async function runService<C extends ServiceConfig>(
  definition: ServiceDefinition<C>,
  args: readonly string[] = process.argv.slice(2),
): Promise<number> {
  const { name, about, schema } = definition;
  if (args.length > 0) {
    const asked = args.length === 1 && args[0] === '--help';
    const usage = `${about}\n\nSettings, from the environment:\n${describeConfig(schema)}\n`;
    if (asked) process.stdout.write(usage);
    else process.stderr.write(`${name}: it takes no arguments but --help: ${args.join(' ')}\n\n${usage}`);
    return asked ? 0 : 2;
  }
  try {
    const config = definition.readConfig();
    return await runDaemon(name, (daemon) => serve(definition, config, daemon));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${name}: ${error.message}\n`);
    return 2;
  }
}

async function serve<C extends ServiceConfig>(definition: ServiceDefinition<C>, config: C, daemon: Daemon) {
  const { signal, lifecycle, logTo } = daemon;
  const clock = systemClock();
  const instance = config.INSTANCE ?? `${hostname()}-${process.pid}`;
  const environment = config.ENVIRONMENT;
  const service: Service = { name: definition.name, version: '0.0.0', environment, node: { name: instance } };
  const log = createLogger({ service, level: config.LOG_LEVEL, format: config.LOG_FORMAT });
  logTo(log);
  const metrics = createMetrics({ service, processMetrics: true });
  const readiness = createReadiness();
  const { HEALTH_PORT: port, HEALTH_HOST: host } = config;
  const health = await listenOrExplain('HEALTH_PORT', port, () =>
    startHealthServer({ port, host, metrics, ready: readiness.conditions }),
  );
  lifecycle.onStop('health server', () => health.close());
  const { registry } = metrics;
  const { tracer, stop } = await startTracing({ service, log, registry, clock, ...tracingSettings(config) });
  // Before all that makes spans, so that it stops after it.
  lifecycle.onStop('tracing', stop);
  const open = <T>(what: string, opening: () => Promise<T>) =>
    untilOpen(what, opening, { clock, log, signal, onWait: readiness.waitingFor });
  const failed = Promise.withResolvers<never>();
  // It may come while nobody waits for it yet.
  failed.promise.catch(() => {});
  const fail = (reason: string) => failed.reject(new Failure('cannotGoOn', 'never', { message: reason }));
  const frame = { config, service, instance, clock, log, metrics, tracer, lifecycle, signal, open, fail };
  const started = await definition.start({ ...frame, readyWhen: readiness.readyWhen }).catch((error: unknown) => {
    // What failed because we were asked to stop meanwhile is no failure.
    if (!signal.aborted) throw error;
  });
  if (signal.aborted) return;
  readiness.started();
  log.info(`${definition.name} is at work; health on http://${host}:${health.port}/readyz`);
  await Promise.race([untilAborted(signal), failed.promise, ...(started?.work ? [started.work] : [])]);
}
