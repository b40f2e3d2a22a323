import { describe, expect, it, onTestFinished } from 'vitest';
import { runCli } from './cli.ts';

async function run(...args: string[]) {
  let printed = '';
  const { fake } = await runCli(args, (text) => {
    printed += text;
  });
  onTestFinished(() => fake?.close());
  return { fake, printed };
}

describe('the command line', () => {
  it('starts a server and says where it is', async () => {
    const { printed } = await run('--port', '0', '--token', '77:x', '--limits', 'none', '--banner', 'demo');
    const apiRoot = /Bot API root: (\S+)/.exec(printed)?.[1];
    const answer = await fetch(`${apiRoot}/bot77:x/getMe`);
    expect(await answer.json()).toMatchObject({ ok: true, result: { id: 77 } });
  });

  it('explains itself', async () => {
    const { fake, printed } = await run('--help');
    expect(fake).toBeUndefined();
    for (const flag of ['--port', '--host', '--token', '--limits', '--banner']) expect(printed).toContain(flag);
  });

  it.each([
    [['--limits', 'some'], '--limits is telegram or none, not "some"'],
    [['--port', 'x'], '--port is a number from 0 to 65535, not "x"'],
    [['--port', '70000'], '--port is a number from 0 to 65535, not "70000"'],
    [['--token', 'abc'], '--token: a bot token looks like 123456:ABC'],
    [['--nonsense'], "Unknown option '--nonsense'"],
    [['--host'], "Option '--host <value>' argument missing"],
    [['start'], "Unexpected argument 'start'"],
  ])('says what is wrong with %j, and where to read on', async (flags, complaint) => {
    await expect(run(...flags)).rejects.toThrow(`fake-telegram: ${complaint}\n--help tells the flags.`);
  });

  it('says when the port is taken', async () => {
    const { printed } = await run('--port', '0');
    const port = /:(\d+)\n/.exec(printed)?.[1] ?? '';
    await expect(run('--port', port)).rejects.toThrow(`cannot listen on 127.0.0.1:${port}: the port is taken`);
  });
});
