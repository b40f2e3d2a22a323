// Who may steer which chat, what a TelegramGroup says of the policy, and what people can do by annotations.
import { policyFromPreset } from '@chatwarden/contracts';
import { RESOURCES, type KubeObject } from '@chatwarden/kube';
import { hasKubernetes } from '@chatwarden/testkit/kubernetes';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWorld, type World } from './world.ts';

vi.setConfig({ testTimeout: 120_000 });
const soon = { timeout: 60_000, interval: 100 };

describe.skipIf(!hasKubernetes())('steering (needs Kubernetes)', () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
  });
  afterEach(() => world.close());

  const eventually = (name: string, condition: string, expected: string) =>
    vi.waitFor(async () => expect(await world.condition(name, condition)).toBe(expected), soon);
  const messageOf = async (name: string, type: string) =>
    (await world.group(name))?.status?.conditions?.find((one) => one.type === type)?.message ?? '';
  const dedicated = (chatId: number) => ({
    chatId,
    isolation: 'Dedicated' as const,
    autoscaling: { engine: 'HPA' as const, minReplicas: 2 },
  });

  it('a chat takes the code that its owner sends to the bot', async () => {
    await world.startOperator({ CLAIMS: 'on' });
    const { chatId } = await world.seeChat();
    await world.apply('mine', dedicated(chatId));
    await eventually('mine', 'Ready', 'False/Unclaimed');
    expect(await world.deployment('mine', 'blue')).toBeUndefined();
    const code = /"\/claim ([^"]+)"/.exec(await messageOf('mine', 'ConfigurationValid'))?.[1] ?? '';
    expect(await world.store.claims.proveClaim({ chatId, code, at: Date.now() })).toBe('proven');
    await eventually('mine', 'Ready', 'True/Dedicated');
  });

  it('a chat that was given to another is refused, until that one is gone', async () => {
    await world.startOperator({ CLAIMS: 'on' });
    const { chatId } = await world.seeChat();
    await world.apply('first', { chatId });
    await eventually('first', 'Ready', 'False/Unclaimed');
    const code = /"\/claim ([^"]+)"/.exec(await messageOf('first', 'ConfigurationValid'))?.[1] ?? '';
    await world.store.claims.proveClaim({ chatId, code, at: Date.now() });
    await eventually('first', 'Ready', 'True/Shared');
    await world.apply('second', { chatId });
    await eventually('second', 'Ready', 'False/ClaimedByAnother');
    expect(await messageOf('second', 'ConfigurationValid')).not.toContain('/claim');
    await world.client.delete(RESOURCES.telegramgroups, { name: 'first', namespace: world.namespace });
    await eventually('second', 'Ready', 'False/Unclaimed');
  });

  it('of two for one chat the elder has it where nobody claims', async () => {
    await world.startOperator();
    const { chatId } = await world.seeChat();
    await world.apply('elder', { chatId });
    await eventually('elder', 'Ready', 'True/Shared');
    // Creation times have whole seconds: the next one must be of a later one.
    const born = Date.parse((await world.group('elder'))?.metadata.creationTimestamp ?? '');
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(born + 1000), soon);
    await world.apply('younger', { chatId });
    await eventually('younger', 'Ready', 'False/DuplicateChat');
    expect(await messageOf('younger', 'ConfigurationValid')).toContain(`${world.namespace}/elder`);
    await world.client.delete(RESOURCES.telegramgroups, { name: 'elder', namespace: world.namespace });
    await eventually('younger', 'Ready', 'True/Shared');
  });

  it('beyond the ceiling a group shares, and gets a place when one is free', async () => {
    await world.startOperator({ DEDICATED_MAX: '1' });
    const first = await world.seeChat();
    await world.apply('first', dedicated(first.chatId));
    await eventually('first', 'Ready', 'True/Dedicated');
    const born = Date.parse((await world.group('first'))?.metadata.creationTimestamp ?? '');
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(born + 1000), soon);
    await world.apply('second', dedicated((await world.seeChat()).chatId));
    await eventually('second', 'Ready', 'False/CeilingReached');
    expect(await world.deployment('second', 'blue')).toBeUndefined();
    await world.apply('first', { ...dedicated(first.chatId), isolation: 'Shared' });
    await eventually('second', 'Ready', 'True/Dedicated');
  });

  it('what it says of the policy is locked, and free again when it is taken out', async () => {
    await world.startOperator();
    const { chatId, groupId } = await world.seeChat();
    await world.apply('locked', { chatId, policy: { mode: 'enforce', preset: 'strict' } });
    await eventually('locked', 'Ready', 'True/Shared');
    const change = (mode: 'observe' | 'enforce') =>
      world.store.settings.changePolicy(groupId, (policy) => ({ ...policy, mode }));
    await expect(change('observe')).rejects.toThrow(`mode is set by TelegramGroup ${world.namespace}/locked`);
    const [group] = await world.store.groups.listGroups();
    expect(group?.policy).toMatchObject({ ...policyFromPreset('strict', 'enforce') });
    await world.apply('locked', { chatId });
    await vi.waitFor(async () => expect((await change('observe')).policy.mode).toBe('observe'), soon);
  });

  it('while it is suspended or paused nothing is changed', async () => {
    const { operator, writes } = await world.startOperator();
    const { chatId } = await world.seeChat();
    await world.apply('busy', dedicated(chatId));
    await eventually('busy', 'Ready', 'True/Dedicated');
    await world.apply('busy', { ...dedicated(chatId), suspend: true });
    await eventually('busy', 'Paused', 'True/Suspended');
    expect(await world.condition('busy', 'Ready')).toBe('True/Dedicated');
    await vi.waitFor(() => expect(operator.controller.isIdle()).toBe(true), soon);
    writes();
    await world.apply('busy', { ...dedicated(chatId), suspend: true, partitions: 12 });
    await vi.waitFor(async () => expect((await world.group('busy'))?.status?.observedGeneration).toBe(3), soon);
    expect(writes()).toEqual(['applyStatus telegramgroups busy']);
    await world.apply(
      'busy',
      { ...dedicated(chatId), suspend: false, partitions: 12 },
      { 'chatwarden.io/paused': 'true' },
    );
    await eventually('busy', 'Paused', 'True/Annotated');
    await world.apply('busy', { ...dedicated(chatId), partitions: 12 });
    await vi.waitFor(async () => expect((await world.group('busy'))?.status?.partitions).toBe(12), soon);
  });

  it('a busy hour recommends detectors of its own', async () => {
    const { chatId, groupId } = await world.seeChat();
    const hour = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000;
    const counted = [{ groupId, hour, dataset: 'chatwarden.verdict', name: 'allow', count: 200 * 3600 }];
    await world.apply('shared', { chatId });
    await world.startOperator();
    await eventually('shared', 'DedicatedRecommended', 'False/LowRate');
    await world.store.hourCounts.overwrite({ from: hour, until: hour + 3_600_000 }, counted);
    await world.startOperator();
    await eventually('shared', 'DedicatedRecommended', 'True/HighRate');
    expect(await messageOf('shared', 'DedicatedRecommended')).toContain('about 200 messages a second');
  });

  it('fields that somebody else takes are taken back, and people are told', async () => {
    const { events } = await world.startOperator();
    const { chatId } = await world.seeChat();
    await world.apply('busy', dedicated(chatId));
    await eventually('busy', 'Ready', 'True/Dedicated');
    const budget = {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'busy-detector', namespace: world.namespace },
      spec: { maxUnavailable: 0 },
    } as unknown as KubeObject;
    await world.client.apply(RESOURCES.poddisruptionbudgets, budget, { fieldManager: 'somebody', force: true });
    const told: string[] = [];
    await vi.waitFor(() => expect(told.push(...events()) && told).toContain('busy Warning TookFieldsBack'), soon);
    const at = { name: 'busy-detector', namespace: world.namespace };
    expect(await world.client.get(RESOURCES.poddisruptionbudgets, at)).toMatchObject({ spec: { maxUnavailable: 1 } });
  });

  it('what is deleted by hand is made again', async () => {
    await world.startOperator();
    const { chatId } = await world.seeChat();
    await world.apply('busy', dedicated(chatId));
    await eventually('busy', 'Ready', 'True/Dedicated');
    await world.client.delete(RESOURCES.deployments, { name: 'busy-detector-blue', namespace: world.namespace });
    await vi.waitFor(async () => {
      const deployment = await world.deployment('busy', 'blue');
      expect(deployment?.metadata.deletionTimestamp).toBeUndefined();
      expect(deployment?.status?.readyReplicas).toBe(2);
    }, soon);
  });

  it('one that cannot be finished goes when its annotation says so', async () => {
    await world.startOperator();
    const { chatId } = await world.seeChat();
    await world.apply('stuck', dedicated(chatId));
    await eventually('stuck', 'Ready', 'True/Dedicated');
    world.topics.away(true);
    const at = { name: 'stuck', namespace: world.namespace };
    await world.client.delete(RESOURCES.telegramgroups, at);
    await eventually('stuck', 'Reconciling', 'True/Deleting');
    const patch = { metadata: { annotations: { 'chatwarden.io/force-delete': 'true' } } };
    await world.client.mergePatch(RESOURCES.telegramgroups, at, { patch });
    await vi.waitFor(async () => expect(await world.group('stuck')).toBeUndefined(), soon);
  });
});
