/** What the detectors of a dedicated group have left, on a real Kafka and a real PostgreSQL: nothing accepted is lost. */
import { DETECT_GROUP } from '@chatwarden/contracts';
import { anEvent } from '@chatwarden/testkit';
import { hasKafka } from '@chatwarden/testkit/kafka';
import { describe, expect, it, vi } from 'vitest';
import { aDedicatedGroup, aDetector } from './a-dedicated-group.ts';

const patiently = { timeout: 40_000, interval: 50 };
const SENDERS = 7;

describe.skipIf(!hasKafka())('what detectors of a group have left (needs Kafka)', () => {
  it('is judged by the shared ones from where they stopped, and only while the operator says so', async () => {
    const group = await aDedicatedGroup();
    const { store, groupId, topic, bus, admin, verdicts } = group;
    const events = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => {
        const messageId = from + index;
        const sender = { id: 501 + (messageId % SENDERS), key: String(messageId % SENDERS).padStart(32, 'b') };
        return anEvent({ groupId, message: { messageId, text: `the roses of bed ${messageId} bloom` }, sender });
      });
    const judged = () => new Set(verdicts.map(({ eventId }) => eventId));
    const lag = async () => (await admin.lagOf([topic], DETECT_GROUP))[0]?.records;
    const members = async () => (await admin.membersOf(topic, DETECT_GROUP)).length;
    const own = await aDetector(group, { clientId: 'own', config: { EVENTS_OF: groupId } });
    const before = events(1, 30);
    await bus.publish(topic, before);
    await vi.waitFor(() => expect(judged().size).toBe(30), patiently);
    await vi.waitFor(async () => expect(await lag()).toBe(0), patiently);
    await own.stop();

    const left = events(31, 40);
    await bus.publish(topic, left);
    await aDetector(group, { clientId: 'shared' });
    expect([await lag(), await members()]).toEqual([40, 0]);
    await store.retiredTopics.retireTopic(groupId, Date.now());
    await store.retiredTopics.markUnread(groupId, true);
    await vi.waitFor(() => expect(judged()).toEqual(new Set([...before, ...left].map(({ id }) => id))), patiently);
    await vi.waitFor(async () => expect(await lag()).toBe(0), patiently);
    // What was judged already is not judged again.
    expect(verdicts).toHaveLength(70);
    await store.retiredTopics.markUnread(groupId, false);
    await vi.waitFor(async () => expect(await members()).toBe(0), patiently);
  }, 120_000);
});
