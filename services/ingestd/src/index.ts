export { traceRoutes, TRACES_PATH, type TraceDeps } from './traces/trace-routes.ts';
