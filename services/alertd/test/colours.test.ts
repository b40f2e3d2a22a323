/** Two colours of a group's own detector, on a real Kafka and a real PostgreSQL, while events flow. */
import { clientIdOf, dedicatedTopic, verdictId, type Colour, type MessageEvent } from '@chatwarden/contracts';
import { systemClock } from '@chatwarden/daemon';
import type { Store } from '@chatwarden/store';
import { anEvent } from '@chatwarden/testkit';
import { hasKafka } from '@chatwarden/testkit/kafka';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { aDedicatedGroup, aDetector, type DedicatedGroup } from './a-dedicated-group.ts';

const clock = systemClock();
const patiently = { timeout: 25_000, interval: 20 };
const SENDERS = 12;

/** What a detector does with a batch, from asking for its contexts to having saved them. */
function watched(store: Store, colour: Colour, moments: string[]): Store {
  const { contexts } = store;
  return {
    ...store,
    contexts: {
      ...contexts,
      loadContext: (...given) => {
        moments.push(`${colour} begins`);
        return contexts.loadContext(...given);
      },
      saveContext: async (...given) => {
        const saved = await contexts.saveContext(...given);
        moments.push(`${colour} ends`);
        return saved;
      },
    },
  };
}

async function aColouredDetector(colour: Colour, world: DedicatedGroup, moments: string[]) {
  const { store, groupId, admin } = world;
  const conditions = new Map<string, () => unknown>();
  const { metrics } = await aDetector(world, {
    clientId: clientIdOf('detect-0', colour),
    store: watched(store, colour, moments),
    config: { EVENTS_OF: groupId },
    ports: {
      readyWhen: (name, check) => void conditions.set(name, check),
      turns: { colour, membersOf: admin.membersOf },
    },
  });
  const gauge = new RegExp(`^chatwarden_detect_gate\\{.*colour="${colour}".*\\} 1$`, 'm');
  const judges = async () => gauge.test(await metrics.registry.metrics());
  return { judges, state: () => conditions.get('gate')?.() };
}

/** Publishes events for as long as it is told to, and resolves to all of them then. */
function aFlow({ bus, groupId }: DedicatedGroup) {
  const published: MessageEvent[] = [];
  let flows = true;
  const next = (index: number) =>
    anEvent({
      groupId,
      message: { messageId: index + 1, text: `the roses of bed ${index} bloom` },
      sender: { id: 501 + (index % SENDERS), key: String(index % SENDERS).padStart(32, 'a') },
    });
  const flowing = (async () => {
    while (flows) {
      const some = Array.from({ length: 20 }, (_, index) => next(published.length + index));
      await bus.publish(dedicatedTopic(groupId), some);
      published.push(...some);
      await clock.sleep(20);
    }
  })();
  const stop = async () => {
    flows = false;
    await flowing;
    return published;
  };
  onTestFinished(async () => void (await stop()));
  return stop;
}

describe.skipIf(!hasKafka())('two colours of a detector (needs Kafka)', () => {
  it('take turns while events flow: none is lost, and no batch is in the hands of both', async () => {
    const world = await aDedicatedGroup();
    const { store, groupId, admin, verdicts } = world;
    const moments: string[] = [];
    const green = await aColouredDetector('green', world, moments);
    const blue = await aColouredDetector('blue', world, moments);
    const stopFlow = aFlow(world);
    for (const [colour, turn, rest] of [
      ['blue', blue, green],
      ['green', green, blue],
      ['blue', blue, green],
    ] as const) {
      await store.gates.setGate(groupId, colour);
      await vi.waitUntil(turn.judges, patiently);
      const seen = moments.length;
      await vi.waitUntil(() => moments.slice(seen).includes(`${colour} ends`), patiently);
      expect(await rest.judges()).toBe(false);
      expect(turn.state()).toBe(`${colour} is judging`);
      const members = await admin.membersOf(dedicatedTopic(groupId), 'alertd-detect');
      expect(members.map(({ clientId }) => clientId)).toEqual([clientIdOf('detect-0', colour)]);
    }
    const events = await stopFlow();
    const judged = () => new Set(verdicts.map(({ eventId }) => eventId));
    await vi.waitUntil(() => judged().size === events.length, patiently);
    expect(judged()).toEqual(new Set(events.map(({ id }) => id)));
    expect(verdicts.filter(({ id, eventId }) => id !== verdictId(eventId, 'detect'))).toEqual([]);
    expect(new Set(moments)).toEqual(new Set(['blue begins', 'blue ends', 'green begins', 'green ends']));
    expect(overlaps(moments)).toEqual([]);
  }, 60_000);
});

/** Moments at which a colour began while the other had something in hand. */
function overlaps(moments: readonly string[]): number[] {
  const inHand: Record<string, number> = { blue: 0, green: 0 };
  return moments.flatMap((moment, index) => {
    const [colour = '', what] = moment.split(' ');
    inHand[colour] = (inHand[colour] ?? 0) + (what === 'begins' ? 1 : -1);
    const other = colour === 'blue' ? 'green' : 'blue';
    return what === 'begins' && inHand[other] !== 0 ? [index] : [];
  });
}
