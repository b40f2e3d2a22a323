/** The command line: reads the flags, starts the fake, says where it is. */
import { parseArgs } from 'node:util';
import { createFakeTelegram, type FakeTelegram } from './fake-telegram.ts';

const HELP = `A stateful Telegram Bot API server for tests and demos.

  --port <n>        port to listen on (8081; 0 takes a free one)
  --host <address>  address to listen on (127.0.0.1)
  --token <token>   a bot to begin with, like 123456:ABC; may be repeated
  --limits <kind>   telegram (default) or none: how fast bots may send
  --banner <text>   shown on the page
  --help            this text

The Bot API is at /bot<token>/<method>, the human side at /human/, a page that shows the chats at /.
`;

export interface Cli {
  /** The running fake; undefined when only the help was asked for. */
  fake: FakeTelegram | undefined;
}

export async function runCli(args: string[], print: (text: string) => void): Promise<Cli> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '8081' },
      host: { type: 'string', default: '127.0.0.1' },
      token: { type: 'string', multiple: true, default: [] },
      limits: { type: 'string', default: 'telegram' },
      banner: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    print(HELP);
    return { fake: undefined };
  }
  const limits = values.limits;
  if (limits !== 'telegram' && limits !== 'none') throw new Error(`--limits is telegram or none, not "${limits}"`);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0) throw new Error(`--port is a number, not "${values.port}"`);
  const fake = createFakeTelegram({ limits, banner: values.banner, bots: values.token.map((token) => ({ token })) });
  const { apiRoot } = await fake.listen({ port, host: values.host });
  print(`Bot API root: ${apiRoot}\nChats: ${apiRoot}/\n`);
  return { fake };
}
