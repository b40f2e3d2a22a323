/** Two colours of a group's own detector, on a real Kafka and a real PostgreSQL, while events flow. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKafkaAdmin, createKafkaBus } from '@chatwarden/bus';
import {
  clientIdOf,
  dedicatedTopic,
  policyFromPreset,
  verdictId,
  type Colour,
  type MessageEvent,
  type Verdict,
} from '@chatwarden/contracts';
import { createMetrics, silentLogger, systemClock } from '@chatwarden/daemon';
import { createFolderKeys } from '@chatwarden/keys';
import { createPostgresLogStore } from '@chatwarden/logstore';
import { openStore, type Store } from '@chatwarden/store';
import { anEvent, BOT_ID, CHAT_ID } from '@chatwarden/testkit';
import { hasKafka, testKafka } from '@chatwarden/testkit/kafka';
import { createTestDatabase } from '@chatwarden/testkit/postgres';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { wire } from '../src/index.ts';
import { ALERTD_CONFIG, aModel } from './a-running-alertd.ts';

const clock = systemClock();
const log = silentLogger();
const patiently = { timeout: 25_000, interval: 20 };
const service = { name: 'alertd', version: '0.0.0', environment: 'test', node: { name: 'test' } };
const SENDERS = 12;

async function aDedicatedGroup() {
  const database = await createTestDatabase();
  const store = await openStore({ url: database.url, clock });
  const seenChat = { botId: BOT_ID, chatId: CHAT_ID, type: 'supergroup', title: 'Gardeners' } as const;
  const made = await store.groups.ensureGroup(seenChat, policyFromPreset('balanced', 'enforce'));
  const { groupId } = made?.group ?? { groupId: '' };
  const { brokers, prefix } = testKafka();
  const connection = { brokers: [brokers], prefix, clock, log };
  const admin = createKafkaAdmin({ ...connection, clientId: 'test' });
  await admin.ensureTopics({ topics: [dedicatedTopic(groupId), 'verdicts'], replication: 1, partitions: 3 });
  const bus = createKafkaBus({ ...connection, clientId: 'bot' });
  onTestFinished(async () => {
    await bus.close();
    await admin.close();
    await store.close();
    await database.drop();
  });
  return { store, groupId, connection, admin, bus, keysDir: mkdtempSync(join(tmpdir(), 'chatwarden-keys-')) };
}

type World = Awaited<ReturnType<typeof aDedicatedGroup>>;

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

async function aDetector(colour: Colour, world: World, moments: string[]) {
  const { store, groupId, connection, admin, keysDir } = world;
  const metrics = createMetrics({ service, processMetrics: false });
  const conditions = new Map<string, () => unknown>();
  const bus = createKafkaBus({ ...connection, clientId: clientIdOf('detect-0', colour) });
  const alertd = wire(
    {
      bus,
      store: watched(store, colour, moments),
      logStore: createPostgresLogStore({ sql: world.store.sql, clock, keepDays: 7 }),
      keys: createFolderKeys({ dir: keysDir }),
      model: aModel,
      detector: { version: '0.0.0', model: 'test' },
      clock,
      log,
      metrics,
      readyWhen: (name, check) => void conditions.set(name, check),
      turns: { colour, membersOf: admin.membersOf },
      source: { service, labels: {} },
      keepDays: 7,
    },
    { ...ALERTD_CONFIG, EVENTS_OF: groupId },
    ['detect'],
  );
  await alertd.start();
  onTestFinished(async () => {
    await alertd.stop();
    await bus.close();
  });
  const gauge = new RegExp(`^chatwarden_detect_gate\\{.*colour="${colour}".*\\} 1$`, 'm');
  const judges = async () => gauge.test(await metrics.registry.metrics());
  return { judges, state: () => conditions.get('gate')?.() };
}

/** Publishes events for as long as it is told to, and resolves to all of them then. */
function aFlow({ bus, groupId }: World) {
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
    const { store, groupId, bus, admin } = world;
    const moments: string[] = [];
    const verdicts: Verdict[] = [];
    const see = async (batch: readonly Verdict[]) => {
      verdicts.push(...batch);
      return [];
    };
    await bus.subscribe({ topic: 'verdicts', group: 'seen', batchMax: 500, handle: see });
    const green = await aDetector('green', world, moments);
    const blue = await aDetector('blue', world, moments);
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
