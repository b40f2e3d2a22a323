import { NOON } from '@chatwarden/testkit';
import { expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { aNotice } from '../test/samples.ts';

const under = aStoreForAll();
const holder = { name: 'executor', now: NOON, leaseMs: 60_000 };

it('the next row is due when its time, its lane’s pause and its lane’s claim allow', async () => {
  const { ledger } = under.store;
  expect(await ledger.nextDue(NOON)).toBeNull();
  const notice = aNotice({ notBefore: NOON + 900 });
  await ledger.planActions([notice, aNotice({ notBefore: NOON + 7000 })]);
  await ledger.planActions([]);
  expect(await ledger.nextDue(NOON)).toBe(NOON + 900);
  expect(await ledger.nextDue(NOON + 2000)).toBe(NOON + 2000);
  const [lane] = await ledger.claimLanes(1, { ...holder, now: NOON + 900 });
  expect(await ledger.nextDue(NOON)).toBe(NOON + 7000);
  if (lane) await ledger.blockLane(lane, NOON + 3000);
  if (lane) await ledger.releaseLane(lane);
  expect(await ledger.nextDue(NOON)).toBe(NOON + 3000);
});
