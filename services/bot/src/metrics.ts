import { Counter, Histogram, type Registry } from 'prom-client';

export type BotMetrics = ReturnType<typeof createBotMetrics>;

/** Telegram answers in milliseconds on a good day and in tens of seconds on a bad one. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createBotMetrics(registry: Registry) {
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter<L>({ name, help, labelNames: [...labelNames], registers });
  return {
    updates: counter('chatwarden_bot_updates_total', 'Updates received from Telegram', ['kind']),
    updatesIgnored: counter('chatwarden_bot_updates_ignored_total', 'Updates that are no events', ['reason']),
    eventsAccepted: counter('chatwarden_bot_events_accepted_total', 'Events accepted by the bus', []),
    pollFailures: counter('chatwarden_bot_poll_failures_total', 'getUpdates or acceptance failed', []),
    decisions: counter('chatwarden_bot_decisions_total', 'Decisions committed', ['band', 'mode']),
    actions: counter('chatwarden_bot_actions_total', 'Actions with an outcome', ['kind', 'result']),
    deliveryToEffect: new Histogram({
      name: 'chatwarden_bot_delivery_to_effect_seconds',
      help: 'From the delivery of an update to the outcome of its action',
      labelNames: ['kind'],
      buckets: SECONDS,
      registers,
    }),
  };
}
