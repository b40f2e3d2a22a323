import { runService } from '@chatwarden/daemon';
import { ApiProcessConfig, readProcessConfig } from './config.ts';
import { start } from './process.ts';

process.exitCode = await runService({
  name: 'api',
  about: 'Answers what happened in which group, to the page and to scripts.',
  schema: ApiProcessConfig,
  readConfig: readProcessConfig,
  start,
});
