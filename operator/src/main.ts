import { runService } from '@chatwarden/daemon';
import { OperatorConfig, readOperatorConfig } from './config.ts';
import { start } from './process.ts';

process.exitCode = await runService({
  name: 'operator',
  about: 'Turns TelegramGroups of a Kubernetes cluster into detectors that scale.',
  schema: OperatorConfig,
  readConfig: readOperatorConfig,
  start,
});
