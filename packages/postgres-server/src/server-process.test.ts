import { describe, expect, it } from 'vitest';
import { aProgram } from '../test/a-folder.ts';
import { launchServer } from './server-process.ts';

const launch = { args: [], account: undefined, log: () => undefined };

describe('launchServer', () => {
  it('ends a server by force that does not stop in time', async () => {
    const program = aProgram(
      "trap '' INT; echo 'LOG: database system is ready to accept connections' >&2; exec sleep 600",
    );
    const launched = await launchServer({ ...launch, program });
    if (launched.kind !== 'ready') throw new Error(launched.lines.join('\n'));
    await launched.server.stop(10);
    expect(await launched.server.exited).toEqual({ code: null, signal: 'SIGQUIT' });
  });

  it('gives up on a server that does not become ready in time', async () => {
    const launched = await launchServer({ ...launch, program: aProgram('exec sleep 600'), readyDeadlineMs: 10 });
    expect(launched).toEqual({ kind: 'refused', lines: ['not ready in time: killed'] });
  });

  it('keeps the last 20 lines of a server that refuses', async () => {
    const program = aProgram('for n in $(seq 1 30); do echo line $n >&2; done; exit 1');
    const launched = await launchServer({ ...launch, program });
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 11}`);
    expect(launched).toEqual({ kind: 'refused', lines });
  });

  it('counts a program that is missing as a refusal', async () => {
    const launched = await launchServer({ ...launch, program: '/no/such/postgres' });
    expect(launched).toEqual({ kind: 'refused', lines: [expect.stringContaining('ENOENT')] });
  });
});
