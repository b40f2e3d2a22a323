/** The API's settings: the only place in this service that reads the environment. */
import { hostname } from 'node:os';
import type { Service } from '@chatwarden/contracts';
import { readConfig } from '@chatwarden/daemon';
import { Type, type Static } from 'typebox';

export const ApiConfig = Type.Object({
  HOST: Type.String({ default: '127.0.0.1', description: 'address to listen on' }),
  PORT: Type.Integer({ default: 3000, minimum: 0, maximum: 65_535, description: 'port of the page and the API' }),
  ALLOWED_HOSTS: Type.String({
    default: '',
    description: 'comma-separated host names by which the API may be called besides localhost; "*" is any',
  }),
  DEMO: Type.Boolean({ default: false, description: 'say on every page that the traffic is made up' }),
});
export type ApiConfig = Static<typeof ApiConfig>;

export function allowedHosts({ ALLOWED_HOSTS }: Pick<ApiConfig, 'ALLOWED_HOSTS'>): ReadonlySet<string> {
  const names = ALLOWED_HOSTS.split(',').map((name) => name.trim().toLowerCase());
  return new Set(names.filter(Boolean));
}

/** What the API needs besides when it is a process of its own. */
const ProcessConfig = Type.Object({
  ...ApiConfig.properties,
  DATABASE_URL: Type.String({ description: 'the PostgreSQL that all services use', secret: true }),
});

export function readProcessConfig(): Static<typeof ProcessConfig> {
  return readConfig(ProcessConfig, process.env);
}

export const SERVICE: Service = {
  name: 'api',
  version: '0.0.0',
  environment: 'production',
  node: { name: hostname() },
};
