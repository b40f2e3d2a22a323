/** What is done to a running standalone, as a literal list. Each scenario has a Telegram and a data folder of its own. */
import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BOT_ID } from '../town/people.ts';
import type { Town } from '../town/town.ts';

export interface Options {
  messages: number;
  kills: number;
  /** How long Telegram is gone. */
  goneSeconds: number;
  /** From 0 to 1, the same for the same seed. */
  random: () => number;
  progress: (line: string) => void;
}

export interface Scenario {
  name: string;
  /** Has its data on a file system of so many MiB, which only root can make. */
  smallDiskMib?: number;
  disturb(town: Town, options: Options, dataDir: string): Promise<void>;
}

/** Messages of the scenarios that are about one fault, and how fast they come. */
const FEW = 2000;
const PER_SECOND = 200;
const CALLS = ['deleteMessage', 'deleteMessages', 'restrictChatMember', 'banChatMember', 'sendMessage'] as const;

export const SCENARIOS: readonly Scenario[] = [
  { name: 'kill -9 at random moments', disturb: killOften },
  {
    name: 'PostgreSQL killed, and stopped for 5 s',
    disturb: (town) =>
      whileTalking(town, async () => {
        process.kill(town.postgresPid(), 'SIGKILL');
        await town.untilServed();
        await sleep(1000);
        const pid = town.postgresPid();
        process.kill(pid, 'SIGSTOP');
        await sleep(5000);
        process.kill(pid, 'SIGCONT');
      }),
  },
  { name: 'disk full for 10 s', smallDiskMib: 400, disturb: (town, _options, dir) => fillDisk(town, dir) },
  {
    name: 'Telegram gone',
    disturb: async (town, { goneSeconds, progress }) => {
      await town.talk(FEW / 4, PER_SECOND);
      town.fake.faults.goDown();
      const talking = town.talk(FEW / 2, FEW / 2 / goneSeconds);
      for (let gone = 0; gone < goneSeconds; gone += 10) {
        await sleep(Math.min(10, goneSeconds - gone) * 1000);
        if (gone % 60 === 50) progress(`gone for ${gone + 10} of ${goneSeconds} s`);
      }
      town.fake.faults.comeBack();
      await talking;
      await town.talk(FEW / 4, PER_SECOND);
    },
  },
  {
    name: '429 storm for 10 s, on half of all calls',
    disturb: (town) => {
      const fault = { kind: 'tooManyRequests', retryAfterS: 2 } as const;
      town.fake.faults.add({ fault, methods: CALLS, probability: 0.5, fromMs: Date.now() + 2000, forMs: 10_000 });
      return town.talk(FEW * 2, PER_SECOND);
    },
  },
  {
    name: 'errors, cut and lost answers, before and after the effect',
    disturb: (town) => {
      const { faults } = town.fake;
      const some = { methods: CALLS, probability: 0.05, forMs: 10_000 } as const;
      faults.add({ ...some, seed: 1, fault: { kind: 'serverError', code: 502, body: 'html' } });
      faults.add({ ...some, seed: 2, fault: { kind: 'serverError', code: 500, when: 'afterEffect' } });
      faults.add({ ...some, seed: 3, fault: { kind: 'cut', when: 'afterEffect' } });
      faults.add({ ...some, seed: 4, fault: { kind: 'cut' } });
      faults.add({ ...some, seed: 5, times: 4, fault: { kind: 'noAnswer', when: 'afterEffect' } });
      faults.add({
        methods: ['getUpdates'],
        probability: 0.2,
        forMs: 10_000,
        fault: { kind: 'cut', when: 'afterEffect' },
      });
      return town.talk(FEW, PER_SECOND);
    },
  },
  {
    name: 'rights taken for 5 s and given back',
    disturb: (town) =>
      whileTalking(town, async () => {
        const { chat, owner: by } = town;
        town.fake.human.promote({ chat, user: BOT_ID, by, rights: { can_invite_users: true } });
        await sleep(5000);
        const rights = { can_delete_messages: true, can_restrict_members: true };
        town.fake.human.promote({ chat, user: BOT_ID, by, rights });
      }),
  },
];

async function killOften(town: Town, { messages, kills, random, progress }: Options): Promise<void> {
  const share = messages / (kills + 1);
  let talked = 0;
  for (let kill = 1; kill <= kills; kill += 1) {
    const next = Math.round(share * (kill - 0.5 + random()));
    await town.talk(next - talked);
    talked = next;
    await sleep(random() * 150);
    await town.end('SIGKILL');
    const began = performance.now();
    town.start();
    await town.untilServed();
    const away = ((performance.now() - began) / 1000).toFixed(1);
    progress(`kill ${kill} of ${kills} after ${talked} messages: ${away} s without service`);
  }
  await town.talk(messages - talked);
}

/** A quarter of the messages before the disturbance, the rest during and after it. */
async function whileTalking(town: Town, disturb: () => Promise<void>): Promise<void> {
  await town.talk(FEW / 4, PER_SECOND);
  const talking = town.talk((FEW * 3) / 4, PER_SECOND);
  await disturb();
  await talking;
}

/** The last byte is taken, so that neither data nor the write-ahead log can grow. */
function fillDisk(town: Town, dataDir: string): Promise<void> {
  const filler = join(dataDir, 'filler');
  return whileTalking(town, async () => {
    const { bavail, bsize } = statfsSync(dataDir);
    writeFileSync(filler, Buffer.alloc(0));
    try {
      execFileSync('fallocate', ['-l', String(bavail * bsize), filler], { stdio: 'ignore' });
    } catch {
      execFileSync('sh', ['-c', `cat /dev/zero > '${filler}' 2>/dev/null || true`]);
    }
    await sleep(10_000);
    rmSync(filler);
  });
}
