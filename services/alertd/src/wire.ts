/** Puts alertd's roles together from their ports; opens nothing itself. */
import { createSettingsCache } from '@chatwarden/store';
import { llmSettings, ROLES, type AlertdConfig, type Role } from './config.ts';
import { startDetect } from './detect/start-detect.ts';
import { startJournal } from './journal/start-journal.ts';
import { startLlm } from './llm/run-llm.ts';
import { createAlertdMetrics } from './metrics.ts';
import type { AlertdPorts, RoleDeps } from './ports.ts';

export interface Alertd {
  /** Starts the roles; `stop` finishes the batches in hand. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Resolves to what stops it. */
type StartRole = (deps: RoleDeps) => Promise<() => Promise<void>>;

const START: Readonly<Record<Role, StartRole>> = {
  journal: startJournal,
  detect: startDetect,
  llm: async ({ ports, config }) => {
    const llm = llmSettings(config);
    if (!llm) return async () => {};
    const { llmAsks, evidence } = ports.store;
    const { registry } = ports.metrics;
    return startLlm(
      { ...ports, llmAsks, evidence, settings: createSettingsCache(ports.store.settings), registry },
      llm,
    );
  },
};

export function wire(ports: AlertdPorts, config: AlertdConfig, roles: readonly Role[] = ROLES): Alertd {
  const stops: (() => Promise<void>)[] = [];

  async function start(): Promise<void> {
    const metrics = createAlertdMetrics(ports.metrics.registry);
    for (const role of roles) stops.unshift(await START[role]({ ports, config, metrics }));
  }

  async function stop(): Promise<void> {
    for (const stopRole of stops) await stopRole();
  }

  return { start, stop };
}
