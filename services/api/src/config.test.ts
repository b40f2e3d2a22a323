import { readConfig } from '@chatwarden/daemon';
import { expect, it, onTestFinished, vi } from 'vitest';
import { allowedHosts, ApiConfig, readProcessConfig } from './config.ts';

it('listens on loopback unless told otherwise', () => {
  expect(readConfig(ApiConfig, {})).toEqual({ HOST: '127.0.0.1', PORT: 3000, ALLOWED_HOSTS: '', DEMO: false });
});

it('reads host names without spaces and in lower case', () => {
  expect([...allowedHosts({ ALLOWED_HOSTS: ' Chat.example,, other.example ' })]).toEqual([
    'chat.example',
    'other.example',
  ]);
});

it('needs a database when it is a process of its own', () => {
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('DATABASE_URL', '');
  expect(readProcessConfig).toThrow('DATABASE_URL');
  vi.stubEnv('DATABASE_URL', 'postgres://localhost/chatwarden');
  expect(readProcessConfig()).toMatchObject({ DATABASE_URL: 'postgres://localhost/chatwarden', HOST: '127.0.0.1' });
});
