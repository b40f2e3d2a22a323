/** `chatwarden run`: reads the settings, starts everything, feeds it, and ends in order. Other commands have their folder. */
import { hostname } from 'node:os';
import { Failure, type Service } from '@chatwarden/contracts';
import {
  ConfigError,
  createLogger,
  describeConfig,
  runDaemon,
  systemClock,
  untilAborted,
  type Daemon,
} from '@chatwarden/daemon';
import { checkCommand } from './check/check-command.ts';
import { readSettings, sourceOf, StandaloneConfig } from './config.ts';
import { feed } from './feed.ts';
import { startStandalone } from './wire.ts';

const USAGE = `Usage: chatwarden run
       chatwarden check "text"     judges one message and says why; --help tells more

Keeps Telegram groups clean, all in one process on an embedded PostgreSQL.
Without TELEGRAM_BOT_TOKEN it moderates a simulated community ("demo traffic").

Settings, from the environment:
${describeConfig(StandaloneConfig)}
`;

/** Resolves to the exit code: 2 for a wrong command or wrong settings. */
export async function runCommand(args: readonly string[]): Promise<number> {
  const [command = 'run', ...rest] = args;
  if (command === 'check') return checkCommand(rest, process);
  if (args.includes('--help') || command === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  if (command !== 'run' || rest.length > 0) {
    process.stderr.write(`chatwarden: no command "${args.join(' ')}"\n\n${USAGE}`);
    return 2;
  }
  try {
    const config = readSettings();
    return await runDaemon('chatwarden', (daemon) => run(config, daemon));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`chatwarden: ${error.message}\n`);
    return 2;
  }
}

async function run(config: StandaloneConfig, { signal, lifecycle, logTo }: Daemon): Promise<void> {
  const clock = systemClock();
  const service: Service = {
    name: 'standalone',
    version: '0.0.0',
    environment: sourceOf(config),
    node: { name: hostname() },
  };
  const log = createLogger({ service, level: config.LOG_LEVEL, format: config.LOG_FORMAT });
  logTo(log);
  const print = (line: string) => log.info(line);
  const app = await startStandalone({ config, clock, log, lifecycle, service, print });
  print(`portal and API   ${app.portalUrl}`);
  print(`logs and traces  ${app.ingestUrl}`);
  if (app.fake) print(`simulated chats  ${new URL('/', app.apiRoot).href} (demo traffic)`);
  const failure = app.work.catch((error: unknown) => {
    throw error instanceof Failure ? error : new Error('the bot stopped', { cause: error });
  });
  await Promise.race([failure, feed(app, { config, clock, log, print, signal }), untilAborted(signal)]);
}
