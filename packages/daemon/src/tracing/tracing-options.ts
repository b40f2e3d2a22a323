import type { Clock, Service } from '@chatwarden/contracts';
import type { Registry } from 'prom-client';
import type { Logger } from '../log/logger.ts';

export interface TracingOptions {
  service: Service;
  /**
   * Where spans go, without `/v1/traces`: ingestd, or any OpenTelemetry collector. A promise where the address is known
   * later; spans wait for it. Absent: nothing is traced.
   */
  endpoint?: string | Promise<string>;
  /** Sent with every export, such as the key. */
  headers?: Readonly<Record<string, string>>;
  /** Share of traces that is kept, 0 to 1; at 0 nothing is traced. */
  ratio: number;
  log: Logger;
  registry: Registry;
  clock?: Clock;
}

export type SelfTest = { ok: true } | { ok: false; reason: string };
