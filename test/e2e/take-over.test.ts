/**
 * Two processes of every role that takes over from another. The bot that polls is killed, and at once one that was seen
 * at work of every other role; the second ones go on, and what a dead one might still send is refused by its epoch.
 */
import { DATASETS, type LogEvent } from '@chatwarden/contracts';
import type { Lane } from '@chatwarden/store';
import { hasKafka } from '@chatwarden/testkit/kafka';
import { hasOpenSearch } from '@chatwarden/testkit/opensearch';
import { expect, test } from 'vitest';
import { readDocuments } from '../platform/engines.ts';
import type { Kind } from '../platform/platform.ts';
import { aCluster } from './a-cluster.ts';
import { BOT, until } from './a-community.ts';

const TWICE = { bot: 2, detect: 2, journal: 2, ingestd: 2 };
/** Which of them was at work. */
const WORK: readonly { kind: Kind; metric: string }[] = [
  { kind: 'detect', metric: 'chatwarden_alertd_verdicts_total' },
  { kind: 'journal', metric: 'chatwarden_alertd_journalled_total' },
  { kind: 'ingestd', metric: 'chatwarden_ingest_events_total' },
];
/** Long enough to be seen at work in a chat. */
const SLOW = { methods: ['deleteMessage', 'deleteMessages'], fault: { kind: 'slow', delayMs: 5000 } } as const;
/** A chat's events go to one detector and its verdicts to one bot: with each more it gets likelier that the poller has one. */
const CHATS_MAX = 12;

type Cluster = Awaited<ReturnType<typeof aCluster>>;

const hasEngines = hasKafka() && hasOpenSearch();
test.skipIf(!hasEngines)(
  'when one of every role is killed at once its second goes on, and stale epochs are refused (needs Java and Maven)',
  async () => {
    const cluster = await aCluster({ copies: TWICE });
    const before = await until(() => pollerOf(cluster));
    const first = await spamThatIsWorkedOnBy(before.holder, cluster);
    await until(() => isDone(cluster, first));

    const atWork = await Promise.all(WORK.map((work) => memberAtWork(cluster, work)));
    const killed = new Set([before.holder, ...atWork]);
    expect(killed.size).toBe(4);
    const members = cluster.platform.members.filter(({ name }) => killed.has(name));
    await Promise.all(members.map((member) => member.end('SIGKILL')));

    const slow = cluster.fake.faults.add(SLOW);
    const second = spamIn(cluster, first.chat);
    const honest = cluster.fake.human.talk({
      chat: first.chat,
      from: cluster.owner,
      message: { text: 'the roses bloom this week' },
    });
    const after = await until(async () => {
      const now = await pollerOf(cluster);
      return now && now.holder !== before.holder && now;
    });
    expect(killed).not.toContain(after.holder);
    expect(after.epoch).toBeGreaterThan(before.epoch);

    // The dead one's word about a call that its successor is making.
    const lane = await until(() => heldLaneOf(cluster, first.chat));
    expect(lane.epoch).toBeGreaterThan(first.lane.epoch);
    const actionId = await actionInFlight(cluster, second.messageId);
    const outcome = { actionId, outcome: { result: 'done' }, at: Date.now() } as const;
    await expect(cluster.app.store.ledger.recordOutcomes(first.lane, [outcome])).resolves.toBe('lostLane');
    await expect(actionInFlight(cluster, second.messageId)).resolves.toBe(actionId);
    cluster.fake.faults.remove(slow.id);

    await until(() => isDone(cluster, second));
    await until(async () => (await verdictsOf(cluster, first.chat, honest.message_id)).length > 0);
    for (const { chat, messageId, spammer } of [first, second]) {
      const { effects } = cluster.fake.record;
      const deletions = effects.filter((effect) => effect.kind === 'messageDeleted' && effect.messageId === messageId);
      expect(deletions.filter(({ chatId }) => chatId === chat)).toHaveLength(1);
      expect(effects.filter(({ kind, userId }) => kind === 'memberRestricted' && userId === spammer)).toHaveLength(1);
      await expect(verdictsOf(cluster, chat, messageId)).resolves.toHaveLength(1);
      const actions = await actionsOf(cluster, chat, messageId);
      expect(actions.map(({ event }) => event.action)).toEqual(['deleteMessage']);
    }
    await expect(verdictsOf(cluster, first.chat, honest.message_id)).resolves.toHaveLength(1);
  },
);

interface Spam {
  chat: number;
  messageId: number;
  spammer: number;
}

function spamIn({ fake: { human } }: Cluster, chat: number): Spam {
  const spammer = human.addUser({ first_name: 'Lucky' }).id;
  human.join({ chat, user: spammer });
  const text = 'FREE CASINO BONUS!!! Win 5000$ daily, no risk, write me now https://t.me/casino_win_bot';
  return { chat, spammer, messageId: human.talk({ chat, from: spammer, message: { text } }).message_id };
}

/** Spam in one new chat after another, until `holder` is seen with the lane of its chat. */
async function spamThatIsWorkedOnBy(holder: string, cluster: Cluster): Promise<Spam & { lane: Lane }> {
  const { fake, owner } = cluster;
  const slow = fake.faults.add(SLOW);
  for (let n = 0; n < CHATS_MAX; n += 1) {
    const chat = fake.human.addChat({ type: 'supergroup', title: `Garden ${n}`, owner }) as number;
    const rights = { can_delete_messages: true, can_restrict_members: true };
    fake.human.promote({ chat, user: BOT.id, by: owner, rights });
    const spam = spamIn(cluster, chat);
    const lane = await until(() => heldLaneOf(cluster, chat));
    if (lane.holder !== holder) continue;
    fake.faults.remove(slow.id);
    return { ...spam, lane };
  }
  throw new Error(`${holder} worked on none of ${CHATS_MAX} chats`);
}

async function pollerOf({ app }: Cluster): Promise<{ holder: string; epoch: number } | undefined> {
  const text = 'select holder, epoch from lease where name = $1';
  const [row] = await app.store.sql.query<{ holder: string; epoch: number }>('', text, [`poll:${BOT.id}`]);
  return row;
}

async function heldLaneOf({ app }: Cluster, chat: number): Promise<(Lane & { holder: string }) | undefined> {
  const text = `
select chat_id as "chatId", bot_id as "botId", group_id as "groupId", epoch, holder from lane
where chat_id = $1 and holder is not null`;
  const [row] = await app.store.sql.query<Lane & { holder: string }>('', text, [chat]);
  return row;
}

/** The deletion that was sent and has no outcome yet. */
async function actionInFlight(cluster: Cluster, messageId: number): Promise<string> {
  const text = `
select id from action where state = 'sending' and ended_at is null and action->>'kind' = 'deleteMessage'
  and (action->'target'->>'messageId')::bigint = $1`;
  return until(async () => {
    const [row] = await cluster.app.store.sql.query<{ id: string }>('', text, [messageId]);
    return row?.id;
  });
}

/** Gone, its sender silenced, and both told in documents. */
async function isDone(cluster: Cluster, { chat, messageId, spammer }: Spam): Promise<boolean> {
  const isGone = cluster.fake.human
    .messages({ chat })
    .some(({ message, deletedAtMs }) => message.message_id === messageId && deletedAtMs !== undefined);
  const isSilenced = cluster.fake.record.effects.some(
    ({ kind, userId }) => kind === 'memberRestricted' && userId === spammer,
  );
  if (!isGone || !isSilenced || (await actionsOf(cluster, chat, messageId)).length === 0) return false;
  return (await verdictsOf(cluster, chat, messageId)).length > 0;
}

const verdictsOf = (cluster: Cluster, chat: number, messageId: number) =>
  documentsOf(cluster, { chat, messageId, dataset: DATASETS.verdict });
const actionsOf = (cluster: Cluster, chat: number, messageId: number) =>
  documentsOf(cluster, { chat, messageId, dataset: DATASETS.action });

async function documentsOf(
  { app, engines }: Cluster,
  { chat, messageId, dataset }: { chat: number; messageId: number; dataset: string },
): Promise<LogEvent[]> {
  const groups = await app.store.groups.listGroups();
  const groupId = groups.find(({ chatId }) => chatId === chat)?.groupId;
  const found = await readDocuments(engines.openSearchUrl, `${engines.prefix}logs-*`, {
    query: { term: { 'event.dataset': dataset } },
  });
  return found
    .map(({ document }) => document as LogEvent)
    .filter(({ chatwarden }) => chatwarden?.groupId === groupId && chatwarden?.messageId === messageId);
}

/** The name of one that counts something done. */
async function memberAtWork(cluster: Cluster, { kind, metric }: (typeof WORK)[number]): Promise<string> {
  return until(async () => {
    for (const member of cluster.platform.of(kind)) {
      if (new RegExp(`^${metric}(\\{.*\\})? [1-9]`, 'm').test(await member.metrics())) return member.name;
    }
    return undefined;
  });
}
