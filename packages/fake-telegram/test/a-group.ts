/** A supergroup with an owner, a member and a bot that is an administrator, on a clock that stands still. */
import { Api, GrammyError } from 'grammy';
import { onTestFinished, vi } from 'vitest';
import { createFakeTelegram, manualClock, type FakeTelegram, type FakeTelegramOptions } from '../src/index.ts';

export const TOKEN = '100:secret';
export const BOT_ID = 100;
const START_MS = Date.UTC(2026, 10, 1);
export const START_S = START_MS / 1000;

const MODERATOR = { can_delete_messages: true, can_restrict_members: true };

export async function aGroup(options: FakeTelegramOptions & { type?: 'group' | 'supergroup' | 'channel' } = {}) {
  const { type = 'supergroup', ...rest } = options;
  const clock = manualClock(START_MS);
  const fake = createFakeTelegram({ clock, limits: 'none', bots: [{ token: TOKEN, username: 'warden_bot' }], ...rest });
  onTestFinished(() => fake.close());
  const { apiRoot } = await fake.listen({ port: 0 });
  const { human } = fake;
  const owner = human.addUser({ first_name: 'Olga' });
  const member = human.addUser({ first_name: 'Max' });
  const chat = human.addChat({ type, title: 'Neighbours', owner: owner.id }) as number;
  human.join({ chat, user: member.id });
  human.promote({ chat, user: BOT_ID, by: owner.id, rights: { ...MODERATOR, can_post_messages: true } });
  const api = new Api(TOKEN, { apiRoot });
  const say = (message: string, from = member.id) => human.talk({ chat, from, message: { text: message } });
  return { fake, human, clock, apiRoot, api, owner, member, chat, say };
}

/** What Telegram said instead of yes; fails when it said yes. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof GrammyError) return `${error.error_code} ${error.description}`;
    throw error;
  }
  throw new Error('the call was not refused');
}

/** Forgets what was queued so far, such as the making of the group. */
export async function confirmAll(api: Api): Promise<void> {
  await api.deleteWebhook({ drop_pending_updates: true });
}

/** Resolves when a long poll waits at the server. */
export async function untilPolling({ record }: FakeTelegram): Promise<void> {
  await vi.waitUntil(() => {
    const last = record.apiCalls.at(-1);
    return last?.method === 'getUpdates' && last.endedAtMs === undefined;
  });
}
