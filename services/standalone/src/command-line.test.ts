import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLifecycle, readConfig, silentLogger } from '@chatwarden/daemon';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { runCommand } from './command-line.ts';
import { sourceOf, StandaloneConfig } from './config.ts';
import { openTelegram } from './open-telegram.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

function written(stream: NodeJS.WriteStream): () => string {
  const spy = vi.spyOn(stream, 'write').mockReturnValue(true);
  return () => spy.mock.calls.map(([text]) => String(text)).join('');
}

test('--help names every setting', async () => {
  const out = written(process.stdout);
  expect(await runCommand(['--help'])).toBe(0);
  for (const name of Object.keys(StandaloneConfig.properties)) expect(out()).toContain(name);
});

test('check has a page of its own', async () => {
  const out = written(process.stdout);
  expect(await runCommand(['check', '--help'])).toBe(0);
  expect(out()).toContain('Usage: chatwarden check');
});

test('an unknown command is refused with the usage', async () => {
  const err = written(process.stderr);
  expect(await runCommand(['dance'])).toBe(2);
  expect(err()).toMatch(/no command "dance"[\s\S]*Usage/);
});

test('all wrong settings are named at once', async () => {
  vi.stubEnv('PORT', 'many');
  vi.stubEnv('SPEED', '0');
  const err = written(process.stderr);
  expect(await runCommand(['run'])).toBe(2);
  expect(err()).toMatch(/PORT[\s\S]*SPEED|SPEED[\s\S]*PORT/);
});

test.each([
  [{}, 'demo'],
  [{ TELEGRAM_BOT_TOKEN: '1:x' }, 'telegram'],
  [{ CORPUS: 'rows.csv' }, 'corpus'],
])('%j is fed by %s', (env, source) => {
  expect(sourceOf(readConfig(StandaloneConfig, env))).toBe(source);
});

test('a busy port says which variable to set', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const port = String((server.address() as AddressInfo).port);
  const lifecycle = createLifecycle({ log: silentLogger(), deadlineMs: 1000 });
  const opened = openTelegram(readConfig(StandaloneConfig, { FAKE_TELEGRAM_PORT: port }), lifecycle);
  await expect(opened).rejects.toThrow('FAKE_TELEGRAM_PORT');
  await lifecycle.stop('the test is over');
});
