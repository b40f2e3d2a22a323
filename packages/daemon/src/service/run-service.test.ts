import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Failure } from '@chatwarden/contracts';
import { expect, it, vi } from 'vitest';
import { readConfig } from '../config/read-config.ts';
import { runService, type ServiceDefinition } from './run-service.ts';
import { ServiceConfig } from './service-config.ts';

type Start = ServiceDefinition<ServiceConfig>['start'];

function aService(start: Start, env: Record<string, string> = {}): ServiceDefinition<ServiceConfig> {
  const readAll = () => readConfig(ServiceConfig, { HEALTH_PORT: '0', LOG_LEVEL: 'error', ...env });
  return { name: 'alertd', about: 'Detects spam.', schema: ServiceConfig, readConfig: readAll, start };
}

/** What a process writes while `run` runs. */
async function written(stream: 'stdout' | 'stderr', run: () => Promise<unknown>): Promise<string> {
  const lines: string[] = [];
  const spy = vi.spyOn(process[stream], 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  try {
    await run();
  } finally {
    spy.mockRestore();
  }
  return lines.join('');
}

it('ends with 0 when its work is done, and stops what was made', async () => {
  const stopped: string[] = [];
  const code = await runService(
    aService(async ({ lifecycle }) => {
      lifecycle.onStop('bus', () => void stopped.push('bus'));
      return { work: Promise.resolve() };
    }),
    [],
  );
  expect([code, stopped]).toEqual([0, ['bus']]);
});

it('tells its settings with --help, and refuses other arguments', async () => {
  const idle = aService(async () => {});
  const codes: number[] = [];
  const help = await written('stdout', async () => codes.push(await runService(idle, ['--help'])));
  expect(help).toContain('Detects spam.');
  expect(help).toContain('HEALTH_PORT');
  const refused = await written('stderr', async () => codes.push(await runService(idle, ['replay'])));
  expect(refused).toContain('no arguments but --help: replay');
  expect(codes).toEqual([0, 2]);
});

it('names every wrong setting and ends with 2', async () => {
  const wrong = aService(async () => {}, { HEALTH_PORT: 'many', LOG_FORMAT: 'xml' });
  const said = await written('stderr', async () => expect(await runService(wrong, [])).toBe(2));
  expect(said).toContain('HEALTH_PORT');
  expect(said).toContain('LOG_FORMAT');
});

it('has a name of its own among processes of one host, unless it is given one', async () => {
  const names: string[] = [];
  const start: Start = async ({ instance, service }) => {
    names.push(instance, service.node.name);
    return { work: Promise.resolve() };
  };
  await runService(aService(start), []);
  await runService(aService(start, { INSTANCE: 'alertd-0' }), []);
  expect(names[0]).toContain(String(process.pid));
  expect(names).toEqual([names[0], names[0], 'alertd-0', 'alertd-0']);
});

it('waits for what is away, and says on /readyz for what', async () => {
  let opening = 0;
  const seen: unknown[] = [];
  const start: Start = async ({ open, readyWhen, log }) => {
    expect(log.level).toBe('error');
    readyWhen('kafka', () => Promise.reject(new Error('no broker answers')));
    readyWhen('postgres', () => 'answers');
    const opened = await open('PostgreSQL', async () => {
      opening += 1;
      if (opening === 1) throw new Failure('postgresAway', 'later', { message: 'nobody listens' });
      seen.push(await readyz());
      return 'open';
    });
    expect(opened).toBe('open');
    return { work: Promise.resolve() };
  };
  const port = await aFreePort();
  const readyz = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).json();
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(await runService(aService(start, { HEALTH_PORT: String(port) }), [])).toBe(0);
  expect(seen).toEqual([
    {
      ready: false,
      conditions: [
        { name: 'PostgreSQL', ok: false, reason: 'nobody listens' },
        { name: 'kafka', ok: false, reason: 'no broker answers' },
        { name: 'postgres', ok: true, note: 'answers' },
      ],
    },
  ]);
});

it('ends with 1 when something says that it cannot go on, at once or later', async () => {
  const atOnce: Start = async ({ fail }) => fail('the consumer of events is stuck');
  const later: Start = async ({ fail }) => {
    setImmediate(() => fail('the consumer of events is stuck'));
    return { work: new Promise(() => {}) };
  };
  expect([await runService(aService(atOnce), []), await runService(aService(later), [])]).toEqual([1, 1]);
});

it('does not try again what will never open', async () => {
  let tries = 0;
  const start: Start = async ({ open }) => {
    await open('PostgreSQL', () => {
      tries += 1;
      return Promise.reject(new Failure('badUrl', 'never', { message: 'no such scheme' }));
    });
  };
  const spy = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  expect(await runService(aService(start, { LOG_LEVEL: 'error' }), [])).toBe(1);
  spy.mockRestore();
  expect(tries).toBe(1);
});

async function aFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
