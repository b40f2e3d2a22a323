import { Type, type Static } from 'typebox';

/** Settings of every service that uses OpenSearch. The certificate is PEM, and best given as a file: OPENSEARCH_CA_FILE. */
export const OpenSearchConfig = Type.Object({
  OPENSEARCH_URL: Type.String({ pattern: '^https?://[^\\s?#@]+$', description: 'such as https://opensearch:9200' }),
  OPENSEARCH_PREFIX: Type.String({
    default: '',
    pattern: '^([a-z0-9][a-z0-9._-]*)?$',
    description: 'comes before the name of every index, where others use the cluster too',
  }),
  OPENSEARCH_USERNAME: Type.Optional(Type.String({ description: 'name to log in with' })),
  OPENSEARCH_PASSWORD: Type.Optional(Type.String({ description: 'password to log in with', secret: true })),
  OPENSEARCH_CA: Type.Optional(Type.String({ description: 'certificate that signed its own', secret: true })),
  OPENSEARCH_REPLICAS: Type.Integer({ default: 1, minimum: 0, maximum: 5, description: 'further copies of an index' }),
});
export type OpenSearchConfig = Static<typeof OpenSearchConfig>;
