import { runService } from '@chatwarden/daemon';
import { BotProcessConfig, readProcessConfig } from './config.ts';
import { start } from './process.ts';

process.exitCode = await runService({
  name: 'bot',
  about: 'Receives what happens in Telegram groups, and carries out what was decided.',
  schema: BotProcessConfig,
  readConfig: readProcessConfig,
  start,
});
