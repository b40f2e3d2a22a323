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
    expect(printed).toContain('--limits');
  });

  it('says which flag is wrong', async () => {
    await expect(run('--limits', 'some')).rejects.toThrow('--limits is telegram or none, not "some"');
    await expect(run('--port', 'x')).rejects.toThrow('--port is a number, not "x"');
    await expect(run('--nonsense')).rejects.toThrow('--nonsense');
  });
});
