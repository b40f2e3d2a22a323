import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { chooseBackends } from '@chatwarden/testkit/backends';
import { hasKafka } from '@chatwarden/testkit/kafka';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  aCluster,
  aCollector,
  aKafkaBus,
  hasAll,
  idsOf,
  QUICK,
  someEvents,
  subscribeTo,
  totalOf,
  until,
  type Connection,
} from '../../test/a-kafka-bus.ts';
import { createKafkaAdmin } from './kafka-admin.ts';

const PROGRAM = new URL('../../test/consume-until-killed.ts', import.meta.url).pathname;

/** Handles events until it meets one that it never finishes. */
function aVictim({ brokers, prefix }: Connection, deadlyId: string) {
  const child = spawn(process.execPath, [PROGRAM, brokers[0] ?? '', prefix, deadlyId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  createInterface(child.stdout).on('line', (line) => lines.push(line));
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  return { lines, kill };
}

describe.skipIf(!hasKafka())('crashes (needs Kafka)', () => {
  it('bring what a killed process had in hand to another, and keep what it had committed', async () => {
    const { connection } = await aCluster({ partitions: 1 });
    const { bus } = aKafkaBus({ ...connection, tuning: QUICK });
    const events = someEvents(12);
    const victim = aVictim(connection, events[7]?.id ?? '');
    await until(() => victim.lines.includes('joined'));
    await bus.publish('events', events.slice(0, 5));
    await until(async () => (await totalOf(bus)).lag === 0);
    await bus.publish('events', events.slice(5));
    await until(() => victim.lines.includes(events[7]?.id ?? ''));
    await victim.kill();
    const heir = aCollector(async (batch, { count }) => count('handled', batch.length));
    await subscribeTo(bus, heir.handle);
    await until(() => hasAll(heir.handled, idsOf(events.slice(7))));
    expect(heir.handled).not.toContain(events[0]?.id);
    await until(async () => (await totalOf(bus)).lag === 0);
    expect((await totalOf(bus)).counts).toEqual({ handled: 12 });
  });

  it('of the broker in the middle of a stream lose nothing that was accepted', { timeout: 120_000 }, async () => {
    const server = await (await chooseBackends(process.env)).kafka();
    onTestFinished(() => server.remove());
    const connection = { brokers: [server.brokers], clientId: 'test', prefix: '' };
    const admin = createKafkaAdmin({ ...connection, clock: { now: Date.now, sleep: async () => {} } });
    onTestFinished(() => admin.close());
    await admin.ensureTopics({ topics: ['events'], replication: 1, partitions: 3 });
    const lag = async () => (await admin.lagOf(['events'], 'only'))[0]?.records;
    expect(await lag()).toBe(0);
    const { bus } = aKafkaBus({ ...connection, tuning: QUICK });
    const seen = aCollector(async (batch, { count }) => count('handled', batch.length));
    await subscribeTo(bus, seen.handle);
    const accepted: string[] = [];
    let stop = false;
    const publishing = (async () => {
      for (let from = 1; !stop; from += 12) {
        const events = someEvents(12, from);
        await bus.publish('events', events).then(
          () => accepted.push(...idsOf(events)),
          () => undefined,
        );
      }
    })();
    await until(() => accepted.length > 500 && seen.handled.length > 100);
    await server.kill();
    await expect(lag()).rejects.toThrow(/connect|closed|broker/i);
    await server.start();
    const before = accepted.length;
    await until(() => accepted.length > before + 500);
    stop = true;
    await publishing;
    await until(() => hasAll(seen.handled, accepted));
    await until(async () => (await totalOf(bus)).lag === 0);
    expect(await lag()).toBe(0);
    expect((await totalOf(bus)).counts['handled']).toBeGreaterThanOrEqual(accepted.length);
  });
});
