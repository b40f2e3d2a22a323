export { systemClock, untilAborted } from './clock.ts';
export { closeGently, type Closable } from './close-gently.ts';
export { ConfigError, type ConfigProblem } from './config/config-error.ts';
export { describeConfig } from './config/describe-config.ts';
export { readConfig, type Environment } from './config/read-config.ts';
export {
  startHealthServer,
  type Condition,
  type HealthServer,
  type HealthServerOptions,
  type Readiness,
} from './health-server.ts';
export { createLifecycle, type Lifecycle, type LifecycleOptions, type Stop, type StopLog } from './lifecycle.ts';
export { listenOrExplain } from './listen-or-explain.ts';
export { createLogger, silentLogger, withTrace, type Logger, type LoggerOptions } from './log/logger.ts';
export { createMetrics, type Metrics, type MetricsOptions } from './metrics.ts';
export { runDaemon, type Daemon, type DaemonOptions, type Main, type ProcessLike } from './run-daemon.ts';
export { runLoop, type LoopFailure, type LoopOptions } from './run-loop.ts';
export { startTracing, type Tracing } from './tracing/start-tracing.ts';
export type { SelfTest, TracingOptions } from './tracing/tracing-options.ts';
export { TracingConfig, tracingSettings } from './tracing/tracing-config.ts';
export {
  createTracer,
  NO_TRACING,
  type EmittedSpan,
  type FinishedSpan,
  type SpanAttributes,
  type SpanFacts,
  type SpanKind,
  type Tracer,
} from './tracing/tracer.ts';
export { runService, type ServiceDefinition, type ServiceFrame } from './service/run-service.ts';
export { ServiceConfig } from './service/service-config.ts';
