/** Standalone's settings: those of the services inside it, and its own. The only reader of the environment here. */
import { AlertdConfig } from '@chatwarden/alertd';
import { ApiConfig } from '@chatwarden/api';
import { BotConfig } from '@chatwarden/bot';
import { readConfig } from '@chatwarden/daemon';
import { IngestdConfig, refuseOpenDoor } from '@chatwarden/ingestd';
import { Type, type Static } from 'typebox';

const port = (fallback: number, description: string) =>
  Type.Integer({ minimum: 0, maximum: 65_535, default: fallback, description });

const { TELEGRAM_BOT_TOKEN, ...botSettings } = BotConfig.properties;

export const StandaloneConfig = Type.Object({
  ...botSettings,
  ...AlertdConfig.properties,
  ...IngestdConfig.properties,
  ...ApiConfig.properties,
  TELEGRAM_BOT_TOKEN: Type.Optional(TELEGRAM_BOT_TOKEN),
  FAKE_TELEGRAM_PORT: port(8081, 'port of the simulated Telegram, without a token'),
  HEALTH_PORT: port(9090, 'port of /livez, /readyz and /metrics'),
  DATA_DIR: Type.String({ default: '.data', description: 'folder of the embedded PostgreSQL' }),
  KEYS_DIR: Type.Optional(Type.String({ description: 'folder of the group keys; by default keys in DATA_DIR' })),
  DATABASE_URL: Type.Optional(
    Type.String({ description: 'a PostgreSQL of your own instead of the embedded one', secret: true }),
  ),
  TRACE_RATIO: Type.Number({
    minimum: 0,
    maximum: 1,
    default: 0,
    description: 'share of events that are traced; at 0, nothing that this needs is loaded (50 MB and a second)',
  }),
  TRACE_URL: Type.Optional(
    Type.String({
      description: 'an OpenTelemetry collector that spans go to by OTLP/HTTP; without it they are kept here',
    }),
  ),
  TRACE_KEY: Type.Optional(
    Type.String({
      description: 'API key to send spans with: to a collector that wants one, or here with INGEST_KEYS_FILE',
      secret: true,
    }),
  ),
  SPEED: Type.Number({ minimum: 0.1, maximum: 1000, default: 1, description: 'pace of the demo; 1 is human' }),
  CORPUS: Type.Optional(
    Type.String({ description: 'labelled messages (jsonl or csv of text,label) instead of the demo' }),
  ),
  LOG_LEVEL: Type.Enum(['debug', 'info', 'warn', 'error'], {
    default: 'info',
    description: 'least level that is logged',
  }),
  LOG_FORMAT: Type.Enum(['pretty', 'json'], { default: 'pretty', description: 'lines for people, or ECS documents' }),
});
export type StandaloneConfig = Static<typeof StandaloneConfig>;

/** What feeds the process: real groups, labelled messages, or the simulated community. */
export type Source = 'telegram' | 'corpus' | 'demo';

export function sourceOf(config: StandaloneConfig): Source {
  if (config.CORPUS !== undefined) return 'corpus';
  return config.TELEGRAM_BOT_TOKEN === undefined ? 'demo' : 'telegram';
}

/** Throws ConfigError, which names everything that is wrong at once. */
export function readSettings(): StandaloneConfig {
  const config = readConfig(StandaloneConfig, process.env);
  refuseOpenDoor(config);
  return config;
}
