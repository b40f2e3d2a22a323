/** The API's settings: the only place in this service that reads the environment. */
import { readConfig, ServiceConfig } from '@chatwarden/daemon';
import { OpenSearchConfig } from '@chatwarden/logstore';
import { StoreConfig } from '@chatwarden/store';
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

const { OPENSEARCH_URL, ...openSearch } = OpenSearchConfig.properties;

/** What the API needs besides when it is a process of its own. */
export const ApiProcessConfig = Type.Object({
  ...ApiConfig.properties,
  ...StoreConfig.properties,
  OPENSEARCH_URL: Type.Optional({
    ...OPENSEARCH_URL,
    description: 'where documents are; without it they are in PostgreSQL',
  }),
  ...openSearch,
  ...ServiceConfig.properties,
});
export type ApiProcessConfig = Static<typeof ApiProcessConfig>;

export function readProcessConfig(): ApiProcessConfig {
  return readConfig(ApiProcessConfig, process.env);
}
