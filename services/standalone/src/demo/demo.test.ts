import { createFakeTelegram, type FakeTelegram } from '@chatwarden/fake-telegram';
import { manualClock } from '@chatwarden/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startDemo } from './demo.ts';

const BOT = { id: 700, token: '700:demo' };

function aDemo({ speed = 1, seed = 1 } = {}) {
  const clock = manualClock();
  const fake = createFakeTelegram({ clock, bots: [BOT] });
  const warnings: string[] = [];
  const log = { info: () => undefined, warn: (line: string) => void warnings.push(line) };
  const stopping = new AbortController();
  const demo = startDemo({ fake, bot: BOT, clock, speed, seed, signal: stopping.signal, log });
  onTestFinished(() => demo.stop());
  const run = async (seconds: number) => {
    for (let step = 0; step < seconds * 10; step += 1) await clock.advance(100);
  };
  return { demo, fake, clock, run, warnings, stopping };
}

const groups = (fake: FakeTelegram) => fake.human.chats().filter(({ type }) => type === 'supergroup');
const said = (fake: FakeTelegram) =>
  groups(fake).flatMap(({ key }) => fake.human.messages({ chat: key, limit: 1000 }).map(({ message }) => message));

describe('the demo', () => {
  it('sets up three groups and a linked channel, marked as demo traffic, with the bot as administrator', () => {
    const { fake } = aDemo();
    const titles = fake.human.chats().map(({ title }) => title);
    expect(titles).toHaveLength(4);
    expect(titles.every((title) => title.endsWith('(demo)'))).toBe(true);
    expect(fake.human.chats().filter(({ linkedChatId }) => linkedChatId !== undefined)).toHaveLength(2);
    for (const { key } of groups(fake)) {
      const bot = fake.human.members(key).find(({ user }) => user.id === BOT.id);
      expect(bot).toMatchObject({ status: 'administrator', can_delete_messages: true, can_restrict_members: true });
      expect(fake.human.members(key).length).toBeGreaterThanOrEqual(15);
    }
  });

  it('talks at human pace, shows spam within 3 seconds, and counts both', async () => {
    const { demo, run } = aDemo();
    await run(3);
    expect(demo.counts()).toMatchObject({ spam: 1 });
    await run(117);
    expect(demo.counts().ham).toBeGreaterThan(25);
    expect(demo.counts().ham).toBeLessThan(90);
    expect(demo.counts().spam).toBeGreaterThanOrEqual(3);
  });

  it('is faster by its speed', async () => {
    const { demo, run } = aDemo({ speed: 10 });
    await run(60);
    expect(demo.counts().ham).toBeGreaterThan(120);
    expect(demo.counts().spam).toBeGreaterThan(15);
  });

  it('says nothing after it was stopped, by itself or by the signal', async () => {
    const first = aDemo();
    await first.run(5);
    await first.demo.stop();
    const before = said(first.fake).length;
    await first.run(20);
    expect(said(first.fake)).toHaveLength(before);

    const second = aDemo();
    second.stopping.abort();
    await second.demo.stop();
    expect(second.demo.counts()).toEqual({ ham: 0, spam: 0 });
  });

  it('runs for an hour without anything going wrong', async () => {
    const { run, warnings, fake } = aDemo({ speed: 20, seed: 7 });
    await run(180);
    expect(warnings).toEqual([]);
    const messages = said(fake);
    expect(messages.some(({ is_automatic_forward: forwarded }) => forwarded)).toBe(true);
    expect(messages.some(({ edit_date: edited }) => edited !== undefined)).toBe(true);
    expect(messages.some(({ sender_chat: chat, is_automatic_forward: forwarded }) => chat && !forwarded)).toBe(true);
  });
});
