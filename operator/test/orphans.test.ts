// TelegramGroups that go by force: their groups are judged again, and what was done for them is undone.
import { dedicatedTopic, type GroupId } from '@chatwarden/contracts';
import { systemClock } from '@chatwarden/daemon';
import { RESOURCES } from '@chatwarden/kube';
import { openStore } from '@chatwarden/store';
import { hasKubernetes } from '@chatwarden/testkit/kubernetes';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWorld, type RunningOperator, type World } from './world.ts';

/** Orphans are looked for every 15 s, and less often for half a minute after a database was away. */
const soon = { timeout: 60_000, interval: 100 };
const DEDICATED = { isolation: 'Dedicated', autoscaling: { engine: 'HPA', minReplicas: 2 } } as const;

describe.skipIf(!hasKubernetes())('a TelegramGroup that goes by force (needs Kubernetes)', { timeout: 120_000 }, () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
  });
  afterEach(() => world.close());

  const reaches = (name: string, type: string, reason: string) =>
    vi.waitFor(async () => expect(await world.condition(name, type)).toMatch(reason), soon);
  const at = (name: string) => ({ name, namespace: world.namespace });

  async function aDedicatedGroup(name: string) {
    const { chatId, groupId } = await world.seeChat();
    await world.apply(name, { chatId, ...DEDICATED, policy: { mode: 'enforce' } });
    await reaches(name, 'Ready', 'True/Dedicated');
    return { chatId, groupId };
  }

  /** As people do who do not want to wait. */
  async function tearAway(name: string): Promise<void> {
    await world.client.mergePatch(RESOURCES.telegramgroups, at(name), { patch: { metadata: { finalizers: null } } });
    await world.client.delete(RESOURCES.telegramgroups, at(name));
  }

  const isShared = (groupId: GroupId) =>
    vi.waitFor(async () => expect((await world.store.settings.routeOf(groupId))?.dedicated).toBe(false), soon);
  const retired = async () => {
    const topics = await world.store.retiredTopics.listRetiredTopics(Date.now() + 1000);
    return topics.map(({ groupId }) => groupId);
  };
  const lockOf = async (groupId: GroupId) => {
    const groups = await world.store.groups.listGroups();
    return groups.find((group) => group.groupId === groupId)?.locked?.by;
  };
  const orphans = async ({ registry }: RunningOperator) =>
    (await registry.getSingleMetric('chatwarden_operator_orphans_total')?.get())?.values[0]?.value;

  it('while nobody works: its route, its locks and its claim end, and its topic is read to the end and goes', async () => {
    const first = await world.startOperator({ CLAIMS: 'on' });
    const { chatId, groupId } = await world.seeChat();
    const claimant = `${world.namespace}/torn`;
    const at = Date.now();
    await world.apply('torn', { chatId, ...DEDICATED, policy: { mode: 'enforce' } });
    await reaches('torn', 'ConfigurationValid', 'False/Unclaimed');
    const { code = '' } = await world.store.claims.openClaim({ chatId, claimant, at });
    await world.store.claims.proveClaim({ chatId, code, at });
    await reaches('torn', 'Ready', 'True/Dedicated');
    await first.stop();
    await tearAway('torn');
    world.topics.topics.set(dedicatedTopic(groupId), { partitions: 6, lag: 3 });
    expect(await lockOf(groupId)).toBe(`TelegramGroup ${claimant}`);

    const second = await world.startOperator({ CLAIMS: 'on', RETIRED_TOPIC_HOURS: '0' });
    await isShared(groupId);
    await vi.waitFor(async () => expect(await world.store.steered.listSteered('test')).toEqual([]), soon);
    expect(await lockOf(groupId)).toBeUndefined();
    const other = { chatId, claimant: `${world.namespace}/other`, at };
    expect((await world.store.claims.openClaim(other)).state).toBe('open');
    expect(second.events()).toContain('torn Warning Orphaned');
    expect(await orphans(second)).toBe(1);
    // Nobody of its own judges what is left there: the shared detectors are told to, for as long as there is something.
    const unread = () => world.store.retiredTopics.listUnreadTopics();
    await vi.waitFor(async () => expect(await unread()).toEqual([groupId]), soon);
    world.topics.topics.set(dedicatedTopic(groupId), { partitions: 6, lag: 0 });
    await vi.waitFor(async () => expect(await unread()).toEqual([]), soon);
    await vi.waitFor(() => expect(world.topics.topics.has(dedicatedTopic(groupId))).toBe(false), soon);
  });

  it('while PostgreSQL is away: as soon as it is back', async () => {
    const operator = await world.startOperator();
    const { groupId } = await aDedicatedGroup('cut-off');
    const back = await takeAway(world.databaseUrl);
    const annotations = { 'chatwarden.io/force-delete': 'true' };
    await world.client.mergePatch(RESOURCES.telegramgroups, at('cut-off'), { patch: { metadata: { annotations } } });
    await world.client.delete(RESOURCES.telegramgroups, at('cut-off'));
    await vi.waitFor(async () => expect(await world.group('cut-off')).toBeUndefined(), soon);
    expect(operator.events()).toContain('cut-off Warning DeletedEarly');
    await back();
    await isShared(groupId);
    await vi.waitFor(async () => expect(await lockOf(groupId)).toBeUndefined(), soon);
    expect(await retired()).toEqual([groupId]);
  });

  it('while Kafka is away: its topic goes when Kafka is back', async () => {
    await world.startOperator({ RETIRED_TOPIC_HOURS: '0' });
    const { groupId } = await aDedicatedGroup('topical');
    world.topics.away(true);
    const annotations = { 'chatwarden.io/force-delete': 'true' };
    await world.client.mergePatch(RESOURCES.telegramgroups, at('topical'), { patch: { metadata: { annotations } } });
    await world.client.delete(RESOURCES.telegramgroups, at('topical'));
    await vi.waitFor(async () => expect(await world.group('topical')).toBeUndefined(), soon);
    await vi.waitFor(async () => expect(await retired()).toEqual([groupId]), soon);
    world.topics.away(false);
    await vi.waitFor(() => expect(world.topics.topics.size).toBe(0), soon);
    await vi.waitFor(async () => expect(await retired()).toEqual([]), soon);
  });

  it('before its detectors were there: its topic goes, too', async () => {
    world.kubelet.hold(() => true);
    const first = await world.startOperator();
    const { chatId, groupId } = await world.seeChat();
    await world.apply('unborn', { chatId, ...DEDICATED });
    await reaches('unborn', 'TopicReady', 'True/TopicReady');
    await first.stop();
    await tearAway('unborn');
    await world.startOperator({ RETIRED_TOPIC_HOURS: '0' });
    await vi.waitFor(() => expect(world.topics.topics.has(dedicatedTopic(groupId))).toBe(false), soon);
    expect(await world.store.settings.routeOf(groupId)).toBeNull();
  });

  it('leaves alone what another cluster steers, and what still is', async () => {
    const first = await world.startOperator();
    const ours = await aDedicatedGroup('ours');
    const alive = await aDedicatedGroup('alive');
    const theirs = await world.seeChat();
    await world.store.settings.changeRoute(theirs.groupId, { dedicated: true });
    const elsewhere = { ...theirs, claimant: `${world.namespace}/theirs` };
    await world.store.steered.noteSteered({ ...elsewhere, cluster: 'another cluster' });
    const unwatched = await world.seeChat();
    await world.store.settings.changeRoute(unwatched.groupId, { dedicated: true });
    await world.store.steered.noteSteered({ ...unwatched, claimant: 'not-watched/one', cluster: 'test' });
    await first.stop();
    await tearAway('ours');
    const second = await world.startOperator();
    await isShared(ours.groupId);
    await vi.waitFor(async () => expect(await orphans(second)).toBe(1), soon);
    for (const { groupId } of [alive, theirs, unwatched]) {
      expect(await world.store.settings.routeOf(groupId)).toMatchObject({ dedicated: true });
    }
  });

  it('and is made again has its group again', async () => {
    const first = await world.startOperator();
    const { chatId, groupId } = await aDedicatedGroup('again');
    await first.stop();
    await tearAway('again');
    await world.startOperator();
    await isShared(groupId);
    await world.apply('again', { chatId, ...DEDICATED });
    await vi.waitFor(async () => expect((await world.store.settings.routeOf(groupId))?.dedicated).toBe(true), soon);
    await reaches('again', 'Ready', 'True/Dedicated');
    expect(await world.store.steered.listSteered('test')).toMatchObject([{ groupId, chatId }]);
  });
});

/** Nobody can connect to the database any more, and who was connected is cut off. Resolves to what ends that. */
async function takeAway(databaseUrl: string): Promise<() => Promise<void>> {
  const url = new URL(databaseUrl);
  const name = url.pathname.slice(1);
  url.pathname = '/postgres';
  const { sql, close } = await openStore({ url: url.href, clock: systemClock() });
  const allow = (is: boolean) => sql.query(`test_allow_${is}`, `alter database "${name}" allow_connections ${is}`, []);
  await allow(false);
  await sql.query('test_cut', 'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  return async () => {
    await allow(true);
    await close();
  };
}
