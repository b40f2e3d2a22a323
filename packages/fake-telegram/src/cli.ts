/** The command line: reads the flags, starts the fake, says where it is. */
import { parseArgs } from 'node:util';
import { createFakeTelegram, type FakeTelegram } from './fake-telegram.ts';
import { HumanError } from './human/errors.ts';

const HELP = `A stateful Telegram Bot API server for tests, demos and load.

  fake-telegram [--port <n>] [--token <token>]...

  --port <n>        port to listen on (8081; 0 takes a free one)
  --host <address>  address to listen on (127.0.0.1)
  --token <token>   a bot to begin with, like 123456:ABC; may be repeated
  --limits <kind>   telegram (default) or none: how fast bots may send
  --banner <text>   shown on the page
  --help            this text

The Bot API is at /bot<token>/<method>: give the printed root to your bot in place of https://api.telegram.org.
A page that shows the chats is at /. People talk and join by POST /human/<verb>, calls go wrong by POST /human/fault.
Whoever reaches the port may do all of that: keep it on loopback. Ctrl+C or SIGTERM ends it; nothing is kept.
`;

const OPTIONS = {
  port: { type: 'string', default: '8081' },
  host: { type: 'string', default: '127.0.0.1' },
  token: { type: 'string', multiple: true, default: [] as string[] },
  limits: { type: 'string', default: 'telegram' },
  banner: { type: 'string', default: '' },
  help: { type: 'boolean', default: false },
} as const;

const PORT_MAX = 65_535;

export interface Cli {
  /** The running fake; undefined when only the help was asked for. */
  fake: FakeTelegram | undefined;
}

/** Throws an error whose message is for the person at the terminal. */
export async function runCli(args: string[], print: (text: string) => void): Promise<Cli> {
  const flags = readFlags(args);
  if (flags.help) {
    print(HELP);
    return { fake: undefined };
  }
  const { limits, banner, token: tokens, host } = flags;
  if (limits !== 'telegram' && limits !== 'none') throw wrongFlag(`--limits is telegram or none, not "${limits}"`);
  const port = Number(flags.port);
  if (flags.port === '' || !Number.isInteger(port) || port < 0 || port > PORT_MAX) {
    throw wrongFlag(`--port is a number from 0 to ${PORT_MAX}, not "${flags.port}"`);
  }
  const fake = createFakeTelegram({ limits, banner });
  for (const token of tokens) addBot(fake, token);
  const { apiRoot } = await fake.listen({ port, host }).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'EADDRINUSE' ? 'the port is taken; --port 0 takes a free one' : error.message;
    throw wrongFlag(`cannot listen on ${host}:${port}: ${why}`);
  });
  print(`Bot API root: ${apiRoot}\nChats: ${apiRoot}/\n`);
  return { fake };
}

function readFlags(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    // Node adds advice about positional arguments, of which there are none here.
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw wrongFlag(first);
  }
}

function addBot(fake: FakeTelegram, token: string): void {
  try {
    fake.human.addBot({ token });
  } catch (error) {
    throw error instanceof HumanError ? wrongFlag(`--token: ${error.message}`) : error;
  }
}

const wrongFlag = (text: string) => new Error(`fake-telegram: ${text}\n--help tells the flags.`);
