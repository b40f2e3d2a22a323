/** The API with ports that a test can choose; calls go through `inject`, as from a program on this machine. */
import { silentLogger } from '@chatwarden/daemon';
import type { LogStore } from '@chatwarden/logstore';
import type { GroupOverview } from '@chatwarden/store';
import { aGroup, aPolicy, manualClock } from '@chatwarden/testkit';
import type { InjectOptions } from 'fastify';
import type { ApiConfig } from '../src/config.ts';
import { wire, type Api, type ApiPorts } from '../src/wire.ts';

const CONFIG: ApiConfig = { HOST: '127.0.0.1', PORT: 0, ALLOWED_HOSTS: '', DEMO: false };

const GROUPS: GroupOverview[] = [
  { ...aGroup({ username: 'balcony' }), policy: aPolicy(), revision: 3 },
  {
    ...aGroup({ groupId: 'gfedcba9876543210', title: 'Allotment' }),
    policy: aPolicy({ mode: 'observe' }),
    revision: 4,
    locked: { fields: ['mode'], by: 'team-a/allotment' },
  },
];

export function anEmptyLogStore(over: Partial<LogStore> = {}): Pick<LogStore, 'search' | 'hourly'> {
  return { search: async () => ({ events: [] }), hourly: async () => [], ...over };
}

export function anApi(ports: Partial<ApiPorts> = {}, config: Partial<ApiConfig> = {}): Api {
  const defaults: ApiPorts = {
    groups: { listGroups: async () => GROUPS },
    logStore: anEmptyLogStore(),
    clock: manualClock(),
    log: silentLogger(),
  };
  return wire({ ...defaults, ...ports }, { ...CONFIG, ...config });
}

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  text: string;
  json(): unknown;
}

export async function call(api: Api, url: string, options: InjectOptions = {}): Promise<Answer> {
  const response = await api.app.inject({ url, headers: { host: 'localhost:3000' }, ...options });
  const { statusCode: status, headers, body: text } = response;
  return { status, headers, text, json: () => response.json() as unknown };
}
