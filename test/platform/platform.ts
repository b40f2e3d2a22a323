/**
 * Every service as processes of this machine, two of each where there may be two, on engines that somebody else started:
 * the cluster without the cluster.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@chatwarden/postgres-server';
import { balance } from './balance.ts';
import { createMember, type Member } from './member.ts';

export const KINDS = ['ingestd', 'journal', 'detect', 'bot', 'api'] as const;
export type Kind = (typeof KINDS)[number];

export interface Engines {
  databaseUrl: string;
  /** `host:port` */
  brokers: string;
  openSearchUrl: string;
  /** Of topics, groups and indices. */
  prefix: string;
}

export interface PlatformOptions {
  engines: Engines;
  telegram: { token: string; apiRoot: string };
  /** For keys and logs. */
  dir: string;
  /** One of each without. */
  copies?: Partial<Record<Kind, number>>;
  env?: Readonly<Record<string, string>>;
  /** Besides, for all of one kind, such as a login. */
  envOf?: Partial<Record<Kind, Readonly<Record<string, string>>>>;
  /** Follows every event, through ingestd. */
  tracing?: boolean;
  /** `all`, unless told: every verdict has a document. `default`: as the journal does by itself. */
  journalSample?: 'all' | 'default';
}

export interface Platform {
  members: readonly Member[];
  of(kind: Kind): readonly Member[];
  /** Adds a detector of one group's own topic. */
  addDetector(groupId: string, env?: Readonly<Record<string, string>>): Promise<Member>;
  portalUrl: string;
  ingestUrl: string;
  keysDir: string;
  /** All of them, and waits until they are ready. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const SERVICES: Record<Kind, string> = {
  ingestd: 'ingestd',
  journal: 'alertd',
  detect: 'alertd',
  bot: 'bot',
  api: 'api',
};

export async function buildPlatform(options: PlatformOptions): Promise<Platform> {
  const { engines, telegram, dir, copies = {}, env = {}, envOf = {} } = options;
  const { tracing = false, journalSample = 'all' } = options;
  const sample: Record<string, string> = journalSample === 'all' ? { JOURNAL_SAMPLE: 'all' } : {};
  const keysDir = join(dir, 'keys');
  mkdirSync(dir, { recursive: true });
  const count = (kind: Kind) => copies[kind] ?? 1;
  const [apiPort, ...ingestPorts] = await Promise.all(Array.from({ length: count('ingestd') + 1 }, freePort));
  const door = await balance(ingestPorts);
  const ingestUrl = `http://127.0.0.1:${door.port}`;
  const common = {
    DATABASE_URL: engines.databaseUrl,
    KAFKA_BROKERS: engines.brokers,
    KAFKA_PREFIX: engines.prefix,
    KAFKA_REPLICATION: '1',
    OPENSEARCH_URL: engines.openSearchUrl,
    OPENSEARCH_PREFIX: engines.prefix,
    KEYS_DIR: keysDir,
    LOG_LEVEL: 'info',
    ...(tracing ? { TRACE_URL: ingestUrl, TRACE_RATIO: '1' } : {}),
    ...env,
  };
  const own: Record<Kind, (copy: number) => Record<string, string>> = {
    ingestd: (copy) => ({ INGEST_PORT: String(ingestPorts[copy]), INGEST_TRUST_LOCAL: 'yes' }),
    journal: () => ({ ROLES: 'journal', INGEST_URL: ingestUrl, ...sample }),
    detect: () => ({ ROLES: 'detect' }),
    bot: () => ({ TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot, DEFAULT_MODE: 'enforce' }),
    api: () => ({ PORT: String(apiPort) }),
  };
  const add = (kind: Kind, name: string, ownEnv: Record<string, string>) =>
    createMember({ name, service: SERVICES[kind], dir, env: { ...common, ...envOf[kind], ...ownEnv } });
  const members: Member[] = [];
  const byKind = new Map<Kind, Member[]>();
  for (const kind of KINDS) {
    const made: Member[] = [];
    for (let copy = 0; copy < count(kind); copy += 1) made.push(await add(kind, `${kind}-${copy}`, own[kind](copy)));
    byKind.set(kind, made);
    members.push(...made);
  }

  async function addDetector(groupId: string, more: Readonly<Record<string, string>> = {}): Promise<Member> {
    const member = await add('detect', `detect-${groupId}`, { ROLES: 'detect', EVENTS_OF: groupId, ...more });
    members.push(member);
    return member;
  }

  async function start(): Promise<void> {
    for (const member of members) member.start();
    await Promise.all(members.map((member) => member.untilReady()));
  }

  async function close(): Promise<void> {
    await Promise.all(members.map((member) => member.end('SIGTERM')));
    await door.close();
  }

  return {
    members,
    of: (kind) => byKind.get(kind) ?? [],
    addDetector,
    portalUrl: `http://127.0.0.1:${apiPort}/`,
    ingestUrl,
    keysDir,
    start,
    close,
  };
}
