import type { Update } from '@grammyjs/types';
import { expect, it } from 'vitest';
import { laneOf } from './lane.ts';

const chat = { id: -5 };
const ann = { id: 7 };
/** Only what decides the lane. */
const lane = (update: object) => laneOf({ update_id: 1, ...update } as Update);

it.each(['message', 'edited_message', 'channel_post', 'edited_channel_post'])(
  'puts a %s behind the last of its chat',
  (kind) => {
    expect(lane({ [kind]: { chat } })).toBe('chat -5');
  },
);

it("lets a person's joining and asking to join wait for each other, whatever the chat", () => {
  expect(lane({ chat_member: { chat, new_chat_member: { user: ann } } })).toBe('member 7');
  expect(lane({ chat_join_request: { chat, from: ann } })).toBe('member 7');
});

it('has lanes of their own for presses, reactions and what befalls the bot', () => {
  const lanes = [
    lane({ callback_query: { from: ann } }),
    lane({ my_chat_member: { chat } }),
    lane({ message_reaction: { chat } }),
    lane({ message_reaction_count: { chat } }),
    lane({ poll: {} }),
  ];
  expect(new Set(lanes).size).toBe(5);
  expect(lanes).not.toContain('chat -5');
});
