import { runService } from '@chatwarden/daemon';
import { key } from './commands/key.ts';
import { REPLAY } from './commands/replay.ts';
import { RUN } from './commands/run.ts';

const [command, ...args] = process.argv.slice(2);
if (command === 'key') process.exitCode = key(args, process);
else if (command === 'replay') process.exitCode = await runService(REPLAY, args);
else process.exitCode = await runService(RUN);
