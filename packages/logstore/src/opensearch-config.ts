import { Type, type Static } from 'typebox';
import type { OpenSearchLogStoreOptions } from './opensearch/opensearch-log-store.ts';

/** Settings of every service that uses OpenSearch. */
export const OpenSearchConfig = Type.Object({
  OPENSEARCH_URL: Type.String({ pattern: '^https?://[^\\s?#@]+$', description: 'such as https://opensearch:9200' }),
  OPENSEARCH_PREFIX: Type.String({
    default: '',
    pattern: '^([a-z0-9][a-z0-9._-]*)?$',
    description: 'comes before the name of every index, where others use the cluster too',
  }),
  OPENSEARCH_USERNAME: Type.Optional(Type.String({ description: 'name to log in with' })),
  OPENSEARCH_PASSWORD: Type.Optional(Type.String({ description: 'password to log in with', secret: true })),
  OPENSEARCH_CA_FILE: Type.Optional(
    Type.String({ description: 'certificate that signed its own, as PEM; without it those that Node trusts' }),
  ),
  OPENSEARCH_CERT_FILE: Type.Optional(Type.String({ description: 'certificate of this client, as PEM' })),
  OPENSEARCH_KEY_FILE: Type.Optional(Type.String({ description: 'its key, as PEM' })),
});
export type OpenSearchConfig = Static<typeof OpenSearchConfig>;

/** How its settings say that it is reached. */
export function openSearchConnection(
  config: OpenSearchConfig,
): Pick<OpenSearchLogStoreOptions, 'url' | 'auth' | 'tls' | 'prefix'> {
  const { OPENSEARCH_URL: url, OPENSEARCH_PREFIX: prefix } = config;
  const { OPENSEARCH_USERNAME: username, OPENSEARCH_PASSWORD: password = '' } = config;
  const { OPENSEARCH_CA_FILE: caFile, OPENSEARCH_CERT_FILE: certFile, OPENSEARCH_KEY_FILE: keyFile } = config;
  const tls = {
    ...(caFile === undefined ? {} : { caFile }),
    ...(certFile === undefined ? {} : { certFile }),
    ...(keyFile === undefined ? {} : { keyFile }),
  };
  return { url, prefix, tls, ...(username === undefined ? {} : { auth: { username, password } }) };
}
