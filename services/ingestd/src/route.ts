/** What every route file gets. A route reads its own bodies; whoever calls it has been admitted. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Durable } from './accept/durable.ts';
import type { EventLimits } from './accept/read-events.ts';
import type { Sender } from './accept/sender.ts';
import type { DoorMetrics } from './metrics.ts';

export interface RouteDeps {
  durable: Durable;
  now(): number;
  keepDays: number;
  limits: EventLimits & { requestBytesMax: number };
  senderOf(request: FastifyRequest): Sender;
  /** Counts against the sender's rate. */
  spend(sender: Sender, events: number): void;
  /** Counts the bytes as held until the work is done. */
  holding<T>(bytes: number, work: () => Promise<T>): Promise<T>;
  metrics: DoorMetrics;
}

export type Route = (app: FastifyInstance, deps: RouteDeps) => void;
