/** alertd's settings: the only place in this service that reads the environment. */
import { KafkaConfig } from '@chatwarden/bus';
import { Colour } from '@chatwarden/contracts';
import { ConfigError, readConfig, ServiceConfig } from '@chatwarden/daemon';
import { OpenSearchConfig } from '@chatwarden/logstore';
import { StoreConfig } from '@chatwarden/store';
import { Type, type Static } from 'typebox';
import type { LlmSettings } from './llm/run-llm.ts';

/** In the order in which they start. */
export const ROLES = ['journal', 'detect', 'llm'] as const;
export type Role = (typeof ROLES)[number];

export const AlertdConfig = Type.Object({
  EVENTS_OF: Type.Optional(
    Type.String({
      pattern: '^g[0-9a-f]{16}$',
      description: 'judges the events of this group alone, from its own topic',
    }),
  ),
  JOURNAL_SAMPLE: Type.String({
    default: '20',
    pattern: '^(all|[1-9][0-9]*)$',
    description: 'allowed verdicts kept per group and batch; "all" keeps every one',
  }),
  HISTORY_DAYS: Type.Integer({
    default: 180,
    minimum: 7,
    description: 'days for which earlier offences, and senders who say nothing any more, are remembered',
  }),
  LLM_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^\\s?#@]+$',
      description: 'an OpenAI-compatible endpoint to ask about doubtful messages, such as https://llm.example/v1',
    }),
  ),
  LLM_MODEL: Type.Optional(Type.String({ description: 'the model to ask, with LLM_URL' })),
  LLM_API_KEY: Type.Optional(Type.String({ description: 'key for LLM_URL, where it wants one', secret: true })),
  LLM_TIMEOUT_MS: Type.Integer({
    default: 20_000,
    minimum: 1000,
    maximum: 300_000,
    description: 'longest wait for an answer of the model, in ms',
  }),
  LLM_CONCURRENCY: Type.Integer({ default: 2, minimum: 1, maximum: 16, description: 'calls of one group at once' }),
  LLM_DAILY_MAX: Type.Integer({ default: 200, minimum: 1, description: 'calls of one group on one day (UTC)' }),
});
export type AlertdConfig = Static<typeof AlertdConfig>;

export function allowedMax({ JOURNAL_SAMPLE }: AlertdConfig): number {
  return JOURNAL_SAMPLE === 'all' ? Infinity : Number(JOURNAL_SAMPLE);
}

/** Undefined without LLM_URL: nothing is asked. Throws ConfigError when the model is not named. */
export function llmSettings(config: AlertdConfig): LlmSettings | undefined {
  const { LLM_URL: url, LLM_MODEL: model, LLM_API_KEY: apiKey } = config;
  if (url === undefined) return undefined;
  if (model === undefined) throw new ConfigError([{ name: 'LLM_MODEL', problem: 'is not set, but LLM_URL is' }]);
  return {
    url,
    model,
    ...(apiKey === undefined ? {} : { apiKey }),
    timeoutMs: config.LLM_TIMEOUT_MS,
    concurrency: config.LLM_CONCURRENCY,
    dailyMax: config.LLM_DAILY_MAX,
  };
}

const { OPENSEARCH_URL, ...openSearch } = OpenSearchConfig.properties;

/** What alertd needs besides when it is a process of its own. */
export const AlertdProcessConfig = Type.Object({
  ROLES: Type.String({
    default: ROLES.join(','),
    pattern: `^(${ROLES.join('|')})(,(${ROLES.join('|')}))*$`,
    description: `what this process does: ${ROLES.join(', ')}`,
  }),
  ...AlertdConfig.properties,
  COLOUR: Type.Optional({
    ...Colour,
    description: 'with EVENTS_OF: judges only while the gate of the group names this colour, and stands by otherwise',
  }),
  ...StoreConfig.properties,
  ...KafkaConfig.properties,
  INGEST_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^\\s?#@]+$',
      description: 'address of ingestd, for the role journal; without it the journal is written where it is read',
    }),
  ),
  INGEST_KEY: Type.Optional(Type.String({ description: 'key that ingestd knows this service by', secret: true })),
  OPENSEARCH_URL: Type.Optional({
    ...OPENSEARCH_URL,
    description: 'where documents are, for the role journal; without it they are in PostgreSQL',
  }),
  ...openSearch,
  KEYS_DIR: Type.String({
    description: 'folder of the group keys, the same for all services; not in the database backup',
  }),
  ...ServiceConfig.properties,
});
export type AlertdProcessConfig = Static<typeof AlertdProcessConfig>;

export function readProcessConfig(): AlertdProcessConfig {
  const config = readConfig(AlertdProcessConfig, process.env);
  refuseLoneColour(config);
  return config;
}

/** Throws ConfigError. */
export function refuseLoneColour({ COLOUR, EVENTS_OF }: Pick<AlertdProcessConfig, 'COLOUR' | 'EVENTS_OF'>): void {
  if (COLOUR === undefined || EVENTS_OF !== undefined) return;
  throw new ConfigError([
    { name: 'COLOUR', problem: 'is set, but EVENTS_OF is not: only the detector of one group takes turns' },
  ]);
}

export function rolesOf(config: AlertdProcessConfig): Role[] {
  const asked = new Set(config.ROLES.split(','));
  return ROLES.filter((role) => asked.has(role));
}
