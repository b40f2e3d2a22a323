/** ingestd's door with ports that a test can choose; calls go through `inject`, as from a program on this machine. */
import { createMetrics, silentLogger } from '@chatwarden/daemon';
import { manualClock } from '@chatwarden/testkit';
import type { InjectOptions } from 'fastify';
import { expect, onTestFinished } from 'vitest';
import type { AcceptedDocument, Durable } from '../src/accept/durable.ts';
import { readIngestdConfig, type IngestdConfig } from '../src/config.ts';
import { complaintsAbout } from './answer-schemas.ts';
import { wire, type Ingestd, type IngestdPorts } from '../src/wire.ts';

/** Keeps in memory what it is given. */
export function aDurable(keep: Durable['keep'] = () => Promise.resolve({ refused: [] })) {
  const kept: AcceptedDocument[] = [];
  const durable: Durable = {
    async keep(documents) {
      const outcome = await keep(documents);
      kept.push(...documents);
      return outcome;
    },
  };
  const documents = () => kept.map(({ line }) => JSON.parse(Buffer.from(line).toString()) as Record<string, unknown>);
  return { durable, kept, documents };
}

export async function aDoor(ports: Partial<IngestdPorts> = {}, config: Partial<IngestdConfig> = {}): Promise<Ingestd> {
  const defaults: IngestdPorts = {
    durable: aDurable().durable,
    clock: manualClock(),
    log: silentLogger(),
    metrics: createMetrics({ service: { name: 'ingestd' } }),
    keepDays: 7,
    loopDelayMs: () => 0,
  };
  const door = await wire({ ...defaults, ...ports }, { ...readIngestdConfig({ INGEST_PORT: '0' }), ...config });
  onTestFinished(() => door.close());
  return door;
}

export async function aKeepingDoor(config: Partial<IngestdConfig> = {}) {
  const { durable, kept, documents } = aDurable();
  return { door: await aDoor({ durable }, config), kept, documents };
}

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  json(): Record<string, unknown>;
}

export const NDJSON = { 'content-type': 'application/x-ndjson' };

/** The answer, after it was found to be what the door's own description says. */
export async function post(
  door: Ingestd,
  payload: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await call(door, { method: 'POST', url: '/ingest', payload, headers: { ...NDJSON, ...headers } });
  const description = (await call(door, { url: '/openapi.json' })).json();
  expect(complaintsAbout(description, { path: '/ingest', status: answer.status, body: answer.json() })).toEqual([]);
  return answer;
}

export async function call(door: Ingestd, options: InjectOptions): Promise<Answer> {
  const headers = { host: 'localhost:8080', ...options.headers };
  const response = await door.app.inject({ ...options, headers });
  return {
    status: response.statusCode,
    headers: response.headers,
    json: () => response.json() as Record<string, unknown>,
  };
}

export function ndjson(...events: readonly object[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}
