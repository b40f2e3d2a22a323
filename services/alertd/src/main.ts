import { runService } from '@chatwarden/daemon';
import { AlertdProcessConfig, readProcessConfig } from './config.ts';
import { start } from './process.ts';

process.exitCode = await runService({
  name: 'alertd',
  about: 'Judges what was said, journals it, and asks a language model where it is told to.',
  schema: AlertdProcessConfig,
  readConfig: readProcessConfig,
  start,
});
