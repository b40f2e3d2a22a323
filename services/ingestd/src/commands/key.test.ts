import { expect, it } from 'vitest';
import { parseKeyRing, type KeyEntry } from '../keys/key-ring.ts';
import { key } from './key.ts';

function run(...args: string[]) {
  const written = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof written) => ({ write: (text: string) => (written[name] += text) });
  const code = key(args, { stdout: stream('stdout'), stderr: stream('stderr') });
  return { code, ...written };
}

it('prints a key and the entry that knows it', () => {
  const { code, stdout } = run('--moderation', 'alertd', 'bot');
  const [made = '', entry = ''] = stdout.split('\n');
  const sender = parseKeyRing(JSON.stringify({ keys: [JSON.parse(entry) as KeyEntry] }), 0).senderOf(made);
  expect(code).toBe(0);
  expect(sender).toMatchObject({ mayModerate: true });
  expect(['alertd', 'bot', 'shop'].map((service) => sender?.mayWrite(service))).toEqual([true, true, false]);
});

it('tells how it is used', () => {
  expect(run('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('INGEST_KEYS_FILE') });
  expect(run()).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('<service>') });
  expect(run('--admin', 'shop')).toMatchObject({ code: 2, stdout: '' });
});
