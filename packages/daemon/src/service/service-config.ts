import { Type, type Static } from 'typebox';
import { TracingConfig } from '../tracing/tracing-config.ts';

/** What every service takes from its environment besides its own settings. */
export const ServiceConfig = Type.Object({
  INSTANCE: Type.Optional(
    Type.String({ description: 'name of this process, unique among live ones; by default host name and process id' }),
  ),
  ENVIRONMENT: Type.String({ default: 'production', description: 'named in every document, such as staging' }),
  HEALTH_HOST: Type.String({ default: '127.0.0.1', description: 'address of /livez, /readyz and /metrics' }),
  HEALTH_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 9090, description: 'their port' }),
  LOG_LEVEL: Type.Enum(['debug', 'info', 'warn', 'error'], { default: 'info', description: 'least level logged' }),
  LOG_FORMAT: Type.Enum(['json', 'pretty'], { default: 'json', description: 'ECS documents, or lines for people' }),
  ...TracingConfig.properties,
});
export type ServiceConfig = Static<typeof ServiceConfig>;
