import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const DAEMON = new URL('../index.ts', import.meta.url).href;

/**
 * Starts tracing in a process of its own, and gives the OpenTelemetry packages that it has loaded then; but for the API,
 * a few types without a machine behind them, which prom-client brings.
 */
async function loadedWith(options: { endpoint?: string; ratio: number }): Promise<string[]> {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = new Set();
    registerHooks({ load: (url, context, next) => {
      const [, name] = /@opentelemetry\\/([^/]+)/.exec(url) ?? [];
      if (name && name !== 'api') loaded.add(name);
      return next(url, context);
    } });
    const { createLogger, createMetrics, silentLogger, startTracing } = await import(${JSON.stringify(DAEMON)});
    const service = { name: 'bot', version: '1', environment: 'test', node: { name: 'n' } };
    const { registry } = createMetrics({ service });
    const tracing = await startTracing({ service, registry, log: silentLogger(), ...${JSON.stringify(options)} });
    tracing.tracer.record({ name: 'receive', traceparent: '00-${'a'.repeat(32)}-${'b'.repeat(16)}-01', startedAt: 1 });
    console.log(JSON.stringify([...loaded]));
    process.exit();
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  return JSON.parse(stdout) as string[];
}

it('loads nothing of OpenTelemetry where nothing is traced', async () => {
  expect(await loadedWith({ ratio: 1 })).toEqual([]);
  expect(await loadedWith({ endpoint: 'http://127.0.0.1:1', ratio: 0 })).toEqual([]);
});

it('loads the SDK where something is, so that the test above would see it', async () => {
  expect(await loadedWith({ endpoint: 'http://127.0.0.1:1', ratio: 1 })).toContain('sdk-node');
});
