import { NOON } from '@chatwarden/testkit';
import { expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { aGroupId } from '../test/samples.ts';

const under = aStoreForAll();

it('topics of groups that moved away are listed once they are due, until they are forgotten', async () => {
  const { retiredTopics } = under.store;
  const [first, second] = [aGroupId(), aGroupId()];
  await retiredTopics.retireTopic(second, NOON + 1);
  await retiredTopics.retireTopic(first, NOON - 5);
  await retiredTopics.retireTopic(first, NOON);
  await retiredTopics.retireTopic(first, NOON - 1);
  expect(await retiredTopics.listRetiredTopics(NOON)).toEqual([]);
  expect(await retiredTopics.listRetiredTopics(NOON + 1)).toEqual([{ groupId: first, retiredAt: NOON, unread: false }]);
  expect((await retiredTopics.listRetiredTopics(NOON + 2)).map(({ groupId }) => groupId)).toEqual([first, second]);
  await retiredTopics.forgetRetiredTopic(first);
  expect(await retiredTopics.listRetiredTopics(NOON + 2)).toEqual([
    { groupId: second, retiredAt: NOON + 1, unread: false },
  ]);
  await retiredTopics.forgetRetiredTopic(second);
});

it('topics in which something waits are listed for the shared detectors, however often they are retired again', async () => {
  const { retiredTopics } = under.store;
  const [read, unread] = [aGroupId(), aGroupId()];
  for (const groupId of [read, unread]) await retiredTopics.retireTopic(groupId, NOON);
  await retiredTopics.markUnread(unread, true);
  await retiredTopics.markUnread(aGroupId(), true);
  await retiredTopics.retireTopic(unread, NOON + 1);
  expect(await retiredTopics.listUnreadTopics()).toEqual([unread]);
  await retiredTopics.markUnread(unread, false);
  expect(await retiredTopics.listUnreadTopics()).toEqual([]);
});
