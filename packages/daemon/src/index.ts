export { systemClock } from './clock.ts';
export { ConfigError, describeConfig, readConfig, type ConfigProblem, type Environment } from './config.ts';
export { startHealthServer, type Condition, type HealthServer } from './health-server.ts';
export { createLifecycle, type Lifecycle } from './lifecycle.ts';
export { listenOrExplain } from './listen-or-explain.ts';
export { createLogger, withTrace, type Logger } from './logger.ts';
export { createMetrics, type Metrics } from './metrics.ts';
export { runDaemon, type ProcessLike } from './run-daemon.ts';
