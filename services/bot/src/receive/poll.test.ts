import { silentLogger } from '@chatwarden/daemon';
import { manualClock } from '@chatwarden/testkit';
import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { createBotMetrics } from '../metrics.ts';
import type { GetUpdates, Update } from '../telegram/telegram-api.ts';
import { TelegramError } from '../telegram/telegram-error.ts';
import { poll } from './poll.ts';

type Answer = Update[] | Error;

/** A poller whose server gives these answers, one after another, and then ends the test. */
async function polled(
  answers: Answer[],
  accept: (updates: readonly Update[]) => Promise<void> = () => Promise.resolve(),
) {
  const clock = manualClock();
  const stopping = new AbortController();
  const asked: GetUpdates[] = [];
  const waits: number[] = [];
  const api = {
    getUpdates: (request: GetUpdates): Promise<Update[]> => {
      asked.push(request);
      const answer = answers.shift();
      if (answer === undefined) {
        stopping.abort();
        return Promise.resolve([]);
      }
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  const lease = {
    hold: (_name: string, run: (epoch: number, lost: AbortSignal) => Promise<void>) =>
      run(1, new AbortController().signal),
  };
  const sleep = (ms: number) => {
    waits.push(ms);
    return Promise.resolve();
  };
  const metrics = createBotMetrics(new Registry());
  const warnings: string[] = [];
  const log = Object.assign(silentLogger(), { warn: (_context: object, line: string) => void warnings.push(line) });
  const deps = { api, accept, lease, botId: 1, clock: { ...clock, sleep }, log, metrics };
  await poll(deps, stopping.signal);
  return { offsets: asked.map((request) => request.offset), waits, warnings };
}

const update = (update_id: number) => ({ update_id }) as Update;
const away = () => new TelegramError('getUpdates', { kind: 'away', text: '502' });

describe('polling', () => {
  test('confirms a batch only when all of it was accepted', async () => {
    let failures = 1;
    const accept = () => (failures-- > 0 ? Promise.reject(new Error('the store is away')) : Promise.resolve());
    const { offsets } = await polled([[update(7), update(8)], [update(7), update(8)], [update(9)]], accept);
    expect(offsets).toEqual([0, 0, 9, 10]);
  });

  test('waits longer and longer for a server that is away, and starts anew after it came back', async () => {
    const { waits } = await polled([away(), away(), away(), [update(1)], away()]);
    expect(waits.slice(0, 4)).toEqual([500, 1000, 2000, 500]);
  });

  test('pauses as long as Telegram asks, and long when somebody else polls', async () => {
    const pause = new TelegramError('getUpdates', { kind: 'retryAfter', seconds: 7, text: '' });
    const conflict = new TelegramError('getUpdates', { kind: 'refused', code: 'conflict', text: '' });
    const { waits } = await polled([pause, [update(1)], conflict]);
    expect(waits.slice(0, 2)).toEqual([7000, 10_000]);
  });

  test('says once that another process has the token, and again when it came back after a while', async () => {
    const conflict = () => new TelegramError('getUpdates', { kind: 'refused', code: 'conflict', text: '' });
    const many = Array.from({ length: 9 }, conflict);
    const { warnings } = await polled([...many, [update(1)], conflict()]);
    expect(warnings.filter((line) => line.includes('another process'))).toHaveLength(2);
  });

  test('says so as well when the conflict came after other trouble', async () => {
    const conflict = () => new TelegramError('getUpdates', { kind: 'refused', code: 'conflict', text: '' });
    const { warnings } = await polled([away(), away(), conflict(), conflict()]);
    expect(warnings.filter((line) => line.includes('another process'))).toHaveLength(1);
  });

  test('does not storm a server that answers empty polls at once', async () => {
    expect((await polled([[], []])).waits.slice(0, 2)).toEqual([100, 100]);
  });

  test('ends when the token is refused', async () => {
    const refused = new TelegramError('getUpdates', { kind: 'refused', code: 'unauthorized', text: 'Unauthorized' });
    await expect(polled([refused])).rejects.toThrow('TELEGRAM_BOT_TOKEN');
  });
});
