/** What is done to a running platform, as a literal list. People talk and the oracle sends throughout. */
import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dedicatedTopic } from '@chatwarden/contracts';
import type { PostgresStore } from '@chatwarden/store';
import type { RunningEngines } from '../platform/engines.ts';
import type { FlakyOpenSearch } from '../platform/flaky-opensearch.ts';
import type { Member } from '../platform/member.ts';
import type { Platform } from '../platform/platform.ts';

export interface Running {
  platform: Platform;
  engines: RunningEngines;
  flaky: FlakyOpenSearch;
  store: PostgresStore;
  makeTopic(topic: ReturnType<typeof dedicatedTopic>): Promise<void>;
  progress(line: string): void;
}

export interface PlatformScenario {
  name: string;
  /** `@timestamp` of the oracle's nth document; absent: now. */
  timeOf?: (n: number) => number;
  disturb(running: Running): Promise<void>;
}

const DAY_MS = 86_400_000;
const AWAY_MS = 10_000;
/** How long a killed process stays away: about what an orchestrator takes to start it again. */
const DEAD_MS = 3000;
/** So that a verdict gap can be told from the one before. */
const CALM_MS = 8000;

export const PLATFORM_SCENARIOS: readonly PlatformScenario[] = [
  { name: 'nothing', disturb: () => sleep(2 * CALM_MS) },
  {
    name: 'every process killed -9 in turn',
    disturb: async ({ platform, progress }) => {
      for (const member of platform.members) {
        await killAndStart(member);
        progress(`${member.name} was killed and is back`);
      }
    },
  },
  {
    name: 'a bot, a detector, a journal and a door stopped in their tracks for 30 s',
    disturb: async ({ platform }) => {
      const frozen = (['bot', 'detect', 'journal', 'ingestd'] as const).flatMap((kind) =>
        platform.of(kind).slice(0, 1),
      );
      for (const member of frozen) member.signal('SIGSTOP');
      await sleep(30_000);
      for (const member of frozen) member.signal('SIGCONT');
      await sleep(CALM_MS);
    },
  },
  { name: 'Kafka killed -9 and away for 10 s', disturb: ({ engines }) => away(engines.kafka, 'kill') },
  { name: 'Kafka stopped for 10 s', disturb: ({ engines }) => away(engines.kafka, 'stop') },
  { name: 'OpenSearch killed -9 and away for 10 s', disturb: ({ engines }) => away(engines.openSearch, 'kill') },
  { name: 'OpenSearch stopped for 10 s', disturb: ({ engines }) => away(engines.openSearch, 'stop') },
  { name: 'PostgreSQL killed -9 and away for 10 s', disturb: ({ engines }) => away(engines.postgres, 'kill') },
  { name: 'PostgreSQL stopped for 10 s', disturb: ({ engines }) => away(engines.postgres, 'stop') },
  {
    name: 'OpenSearch answers 429 and 500 for a third of all documents',
    disturb: async ({ flaky, progress }) => {
      flaky.worsen({ busy: 0.2, failing: 0.13 });
      await sleep(15_000);
      flaky.worsen({});
      progress(`${flaky.spoiled()} documents were put off`);
    },
  },
  {
    name: 'event times straddle midnight, doors killed meanwhile',
    timeOf: (n) => Math.floor(Date.now() / DAY_MS) * DAY_MS + ((n % 40) - 20) * 50,
    disturb: async ({ platform }) => {
      for (const member of platform.of('ingestd')) await killAndStart(member);
    },
  },
  { name: 'a group gets a topic of its own, and gives it back', disturb: changeRoutes },
  { name: "Kafka's disk is full for 10 s", disturb: fillKafkaDisk },
];

async function killAndStart(member: Member): Promise<void> {
  await member.end('SIGKILL');
  await sleep(DEAD_MS);
  member.start();
  await member.untilReady();
  await sleep(CALM_MS);
}

async function away(server: RunningEngines['kafka' | 'openSearch' | 'postgres'], how: 'kill' | 'stop'): Promise<void> {
  await server[how]();
  await sleep(AWAY_MS);
  await server.start();
  await sleep(CALM_MS);
}

/** As the operator does it: first the topic, then who consumes it, then the route; the former consumer stays. */
async function changeRoutes({ platform, store, makeTopic, progress }: Running): Promise<void> {
  const [group] = await store.groups.listGroups();
  if (!group) throw new Error('there is no group yet');
  await makeTopic(dedicatedTopic(group.groupId));
  const detector = await platform.addDetector(group.groupId);
  detector.start();
  await detector.untilReady();
  await store.settings.changeRoute(group.groupId, { dedicated: true });
  progress('one group has a topic of its own');
  await sleep(CALM_MS);
  await store.settings.changeRoute(group.groupId, { dedicated: false });
  await sleep(CALM_MS);
}

/** The broker ends by itself when it cannot write; an orchestrator starts it again. */
async function fillKafkaDisk({ engines, progress }: Running): Promise<void> {
  const { kafkaDisk, kafka } = engines;
  if (kafkaDisk === undefined) return progress('skipped, since only root can make a small file system');
  const filler = join(kafkaDisk, 'filler');
  const { bavail, bsize } = statfsSync(kafkaDisk);
  writeFileSync(filler, '');
  execFileSync('sh', ['-c', `head -c ${bavail * bsize} /dev/zero > '${filler}' 2>/dev/null || true`]);
  await sleep(AWAY_MS);
  rmSync(filler);
  await kafka.stop();
  await kafka.start();
  await sleep(CALM_MS);
}
