/** The bot's settings: the only place in this service that reads the environment. */
import { KafkaConfig } from '@chatwarden/bus';
import { readConfig, ServiceConfig } from '@chatwarden/daemon';
import { StoreConfig } from '@chatwarden/store';
import { Type, type Static } from 'typebox';

export const BotConfig = Type.Object({
  TELEGRAM_BOT_TOKEN: Type.String({
    pattern: '^[^\\s/]+$',
    description: 'token from @BotFather, such as 123456:ABC...',
    secret: true,
  }),
  TELEGRAM_API_ROOT: Type.Optional(
    Type.String({ pattern: '^https?://', description: 'address of a self-hosted Bot API server' }),
  ),
  DEFAULT_MODE: Type.Enum(['observe', 'enforce'], {
    default: 'observe',
    description: 'mode of groups seen for the first time',
  }),
  TAKE_OVER_WEBHOOK: Type.Boolean({
    default: false,
    description: 'remove a webhook that is set for this token, in order to poll',
  }),
  WEBHOOK_URL: Type.Optional(
    Type.String({ pattern: '^https?://', description: 'address that Telegram reaches us by; without it we poll' }),
  ),
  WEBHOOK_PORT: Type.Integer({
    minimum: 0,
    maximum: 65_535,
    default: 8443,
    description: 'port that the webhook listens on, with WEBHOOK_URL',
  }),
  WEBHOOK_HOST: Type.String({ default: '0.0.0.0', description: 'address that the webhook listens on' }),
  ALLOWED_CHATS: Type.String({
    default: '',
    description: 'comma-separated chat ids to moderate; empty is every group the bot is added to',
  }),
  PRIVACY_CONTACT: Type.String({
    default: 'the administrators of your group',
    description: 'whom /privacy names as the contact',
  }),
  LLM_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^\\s?#@]+$',
      description: "the language model that alertd asks, named by /privacy: the same as alertd's",
    }),
  ),
});
export type BotConfig = Static<typeof BotConfig>;

export function allowedChats(config: BotConfig): ReadonlySet<number> {
  const ids = config.ALLOWED_CHATS.split(',').map((part) => part.trim());
  return new Set(ids.filter(Boolean).map(Number));
}

/** What the bot needs besides when it is a process of its own. */
export const BotProcessConfig = Type.Object({
  ...BotConfig.properties,
  ...StoreConfig.properties,
  ...KafkaConfig.properties,
  KEYS_DIR: Type.String({
    description: 'folder of the group keys, the same for all services; not in the database backup',
  }),
  ...ServiceConfig.properties,
});
export type BotProcessConfig = Static<typeof BotProcessConfig>;

export function readProcessConfig(): BotProcessConfig {
  return readConfig(BotProcessConfig, process.env);
}
