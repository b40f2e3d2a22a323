import { Api } from 'grammy';
import { describe, expect, it } from 'vitest';
import { BOT_ID, TOKEN, aGroup, confirmAll, refusal } from '../../test/a-group.ts';

const OTHER_ID = 200;
const OTHER_TOKEN = `${OTHER_ID}:secret`;
const KINDS = ['message', 'edited_message', 'chat_member', 'my_chat_member', 'callback_query'] as const;

async function twoBots() {
  const group = await aGroup({ bots: [{ token: TOKEN }, { token: OTHER_TOKEN }] });
  const { human, chat, owner, apiRoot } = group;
  human.promote({ chat, user: OTHER_ID, by: owner.id, rights: { can_delete_messages: true } });
  const apis = [group.api, new Api(OTHER_TOKEN, { apiRoot })] as const;
  for (const api of apis) {
    await confirmAll(api);
    await api.getUpdates({ allowed_updates: KINDS });
  }
  return { ...group, apis };
}

describe('two bots in one group', () => {
  it('both hear what people say and do', async () => {
    const { apis, human, chat, say } = await twoBots();
    const { message_id: id } = say('hello');
    human.edit({ chat, id, message: { text: 'hello!' } });
    human.join({ chat, user: human.addUser({ first_name: 'Anna' }).id });
    for (const api of apis) {
      const kinds = (await api.getUpdates()).map((update) => Object.keys(update)[1]);
      expect(kinds).toEqual(['message', 'edited_message', 'chat_member', 'message']);
    }
  });

  it('do not hear each other, and press and edit go to the one they belong to', async () => {
    const { apis, human, chat, member } = await twoBots();
    const reply_markup = { inline_keyboard: [[{ text: 'OK', callback_data: 'ok' }]] };
    const card = await apis[0].sendMessage(chat, 'ok?', { reply_markup });
    human.press({ chat, user: member.id, id: card.message_id, data: 'ok' });
    expect((await apis[0].getUpdates()).map((update) => Object.keys(update)[1])).toEqual(['callback_query']);
    expect(await apis[1].getUpdates()).toEqual([]);
    expect(await refusal(apis[1].editMessageText(chat, card.message_id, 'mine'))).toContain("can't be edited");
  });

  it('see what the other did: who is banned, and what is gone', async () => {
    const { apis, chat, member, say } = await twoBots();
    const { message_id: id } = say('spam');
    await apis[1].deleteMessage(chat, id);
    expect(await refusal(apis[0].deleteMessage(chat, id))).toContain('message to delete not found');
    await apis[0].banChatMember(chat, member.id);
    const told = (await apis[1].getUpdates()).at(-2);
    expect(told?.chat_member).toMatchObject({ from: { id: BOT_ID }, new_chat_member: { status: 'kicked' } });
  });

  it("each learn of the other's rights, and only of its own as its own", async () => {
    const { apis, human, chat, owner } = await twoBots();
    human.demote({ chat, user: OTHER_ID, by: owner.id });
    const [first, second] = await Promise.all(apis.map(async (api) => (await api.getUpdates()).at(-1)));
    expect(first?.chat_member?.new_chat_member).toMatchObject({ status: 'member', user: { id: OTHER_ID } });
    expect(second?.my_chat_member?.new_chat_member).toMatchObject({ status: 'member', user: { id: OTHER_ID } });
  });
});
