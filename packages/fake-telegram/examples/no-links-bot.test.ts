/** How to test a bot: it runs as it is, against the fake, and what it did is read from the record. */
import { createFakeTelegram, type Fault } from '@chatwarden/fake-telegram';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createNoLinksBot } from './no-links-bot.ts';

const TOKEN = '123456:ABC';
const BOT_ID = 123456;

/** A group with an owner, a member and the bot, which is an administrator and runs. */
async function aGroupWithTheBot() {
  const fake = createFakeTelegram({ bots: [{ token: TOKEN, username: 'no_links_bot' }] });
  onTestFinished(() => fake.close());
  const { apiRoot } = await fake.listen({ port: 0 });

  const owner = fake.human.addUser({ first_name: 'Olga' });
  const member = fake.human.addUser({ first_name: 'Max' });
  const chat = fake.human.addChat({ type: 'supergroup', title: 'Neighbours', owner: owner.id });
  fake.human.join({ chat, user: member.id });
  fake.human.promote({ chat, user: BOT_ID, by: owner.id, rights: { can_delete_messages: true } });

  const slept: number[] = [];
  const sleep = async (ms: number) => void slept.push(ms);
  const bot = createNoLinksBot({ token: TOKEN, apiRoot, sleep });
  await new Promise<void>((resolve) => void bot.start({ onStart: () => resolve() }));
  onTestFinished(() => bot.stop());

  const say = (text: string) => fake.human.talk({ chat, from: member.id, message: { text } }).message_id;
  const deleted = () => fake.record.effects.filter(({ kind }) => kind === 'messageDeleted').map((e) => e.messageId);
  /** What the bot has said here. */
  const replies = () =>
    fake.human.messages({ chat }).flatMap(({ botId, message }) => (botId === BOT_ID ? [message.text] : []));
  return { fake, say, deleted, replies, slept };
}

describe('the bot that wants no links', () => {
  it('deletes what has a link, leaves the rest, and warns once', async () => {
    const { say, deleted, replies } = await aGroupWithTheBot();
    say('hello');
    const links = [say('see https://spam.example'), say('or https://scam.example')];
    await vi.waitUntil(() => deleted().length === 2 && replies().length > 0);
    expect(deleted()).toEqual(links);
    expect(replies()).toEqual(['Max, no links here, please.']);
  });

  it('waits as long as it is told to, and deletes then', async () => {
    const { fake, say, deleted, slept } = await aGroupWithTheBot();
    fake.faults.add({ methods: ['deleteMessage'], times: 2, fault: { kind: 'tooManyRequests', retryAfterS: 7 } });
    const link = say('see https://spam.example');
    await vi.waitUntil(() => deleted().length > 0);
    expect(deleted()).toEqual([link]);
    expect(slept).toEqual([7000, 7000]);
  });

  it.each<Fault>([
    { kind: 'serverError', code: 502, body: 'html', when: 'beforeEffect' },
    { kind: 'cut', when: 'beforeEffect' },
    { kind: 'cut', when: 'afterEffect' },
  ])('deletes once and goes on, though it met $kind $when', async (fault) => {
    const { fake, say, deleted, replies } = await aGroupWithTheBot();
    fake.faults.add({ methods: ['deleteMessage'], times: 1, fault });
    const link = say('see https://spam.example');
    await vi.waitUntil(() => replies().length > 0);
    expect(deleted()).toEqual([link]);
    expect(fake.record.faults).toMatchObject([
      { method: 'deleteMessage', effectHappened: fault.when === 'afterEffect' },
    ]);
  });
});
