/**
 * How long one round trip of each hot method takes, on an empty database of yours:
 * `npm exec -- node packages/store/bench/round-trips.ts postgres://user:password@host:port/database`
 */
import { randomBytes } from 'node:crypto';
import { hashId, rootTraceparent, verdictId, type Decision, type EventTrace } from '@chatwarden/contracts';
import { migrate, openStore, type ContextKey, type Holder, type Lane, type SenderContextRow } from '../src/index.ts';

const [url] = process.argv.slice(2);
if (url === undefined) throw new Error('say which database: postgres://user:password@host:port/database');

const SENDERS = 20_000;
const BATCH = 100;
const ROUNDS = 300;
const GROUP = `g${randomBytes(8).toString('hex')}`;
const CHAT = -1_000_000_000_000 - randomBytes(5).readUIntBE(0, 5);

await migrate(url);
const clock = { now: Date.now, sleep: async () => undefined };
const store = await openStore({ url, clock });
const versions = new Map<string, number>();

function aBatch(round: number): ContextKey[] {
  return Array.from({ length: BATCH }, (_, i) => ({
    groupId: GROUP,
    sender: hashId('sender', ((round * BATCH + i) * 7919) % SENDERS),
    at: Date.now(),
  }));
}

function aRow({ groupId, sender, at }: ContextKey): SenderContextRow {
  const seen = Array.from({ length: 12 }, (_, i): EventTrace => {
    return { id: hashId(sender, i), at, messageId: i, fingerprint: '0123456789abcdef' };
  });
  const version = versions.get(sender) ?? 0;
  versions.set(sender, version + 1);
  return { groupId, sender, context: { version, seen, allowedCount: 3, firstSeenAt: at, albums: [] }, lastSeenAt: at };
}

function aDecision(i: number): Decision {
  const event = hashId('event', GROUP, i);
  const cause = verdictId(event, 'detect');
  const traceparent = rootTraceparent(event);
  const base = { groupId: GROUP, botId: 1, chatId: CHAT, cause, traceparent, receivedAt: Date.now() };
  const sender = { sender: 'x'.repeat(55), key: hashId('sender', i), as: 'user' } as const;
  const now = Date.now();
  return {
    verdictId: cause,
    eventId: event,
    groupId: GROUP,
    botId: 1,
    chatId: CHAT,
    messageId: i,
    stage: 'detect',
    band: 'act',
    mode: 'enforce',
    score: 0.97,
    reasons: ['2 links to casino.example', 'first message'],
    senderKey: sender.key,
    senderAs: 'user',
    senderSealed: sender.sender,
    judgedAt: 1,
    chosenAt: 1,
    occurredAt: now,
    receivedAt: now,
    decidedAt: now,
    traceparent,
    actions: [
      { ...base, id: hashId('delete', GROUP, i), kind: 'deleteMessage', target: { messageId: i } },
      { ...base, id: hashId('restrict', GROUP, i), kind: 'restrict', target: sender, until: Date.now() + 86_400_000 },
    ],
  };
}

async function measure(name: string, run: (round: number) => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    await run(round);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (part: number) => (times[Math.floor(part * (times.length - 1))] ?? 0).toFixed(2);
  console.log(`${name.padEnd(48)} p50 ${at(0.5)} ms  p90 ${at(0.9)} ms  p99 ${at(0.99)} ms`);
}

const holder = (): Holder => ({ name: 'bench', now: Date.now(), leaseMs: 60_000 });
let lane: Lane | undefined;

await measure('a bare round trip', () => store.ping());
await measure(`save ${BATCH} contexts (first half of them new)`, (round) =>
  store.contexts.saveContext(aBatch(round).map(aRow)),
);
await measure(`load ${BATCH} contexts`, (round) => store.contexts.loadContext(aBatch(round)));
await measure(`load and save ${BATCH} contexts`, async (round) => {
  await store.contexts.loadContext(aBatch(round));
  await store.contexts.saveContext(aBatch(round).map(aRow));
});
await measure('commit 10 decisions with 2 actions each', (round) =>
  store.decisions.commitDecisions(Array.from({ length: 10 }, (_, i) => aDecision(round * 10 + i))),
);
await measure('claim a lane', async () => {
  const [claimed] = await store.ledger.claimLanes(10, holder());
  lane = claimed;
  if (claimed) await store.ledger.releaseLane(claimed);
});
await measure('take 20 rows and record their outcomes', async () => {
  lane = (await store.ledger.claimLanes(1, holder()))[0] ?? lane;
  if (!lane) return;
  const rows = await store.ledger.takeActions(lane, holder(), 20);
  if (rows === 'lostLane') return;
  const at = Date.now();
  const outcomes = rows.map(({ action }) => ({ actionId: action.id, outcome: { result: 'done' } as const, at }));
  await store.ledger.recordOutcomes(lane, outcomes);
});
await measure('tell 20 outcomes', async () => {
  const told = await store.ledger.untold(20);
  await store.ledger.markTold(told.map(({ action }) => action.id));
});
await store.close();
