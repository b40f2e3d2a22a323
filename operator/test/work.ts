/** What a step is given, for tests of single steps. */
import type { TelegramGroup } from '@chatwarden/contracts';
import type { Work } from '../src/telegramgroup/work.ts';
import { aTelegramGroup } from './builders.ts';

export const NOW = Date.UTC(2026, 10, 26, 12);
export const GROUP_ID = 'g0123456789abcdef';
export const CHAT = { groupId: GROUP_ID, chatId: -1_001_000_000_001, botId: 7_000_001 };

export interface TestWork extends Work {
  /** When it wants to be looked at again, soonest first. */
  agains: number[];
}

export function aWork(group: TelegramGroup = aTelegramGroup(), over: Partial<Work> = {}): TestWork {
  const agains: number[] = [];
  return {
    key: `${group.metadata.namespace}/${group.metadata.name}`,
    group,
    now: NOW,
    said: new Map(),
    status: {},
    waits: [],
    stalls: [],
    agains,
    again: (ms) => {
      agains.push(ms);
      agains.sort((one, other) => one - other);
    },
    ...over,
  };
}
