/** For clusters with the Prometheus operator: what to scrape of the detectors, and when somebody should look. */
import type { TelegramGroup } from '@chatwarden/contracts';
import type { Manifest } from './manifest.ts';
import { LABELS, metadataOf, podLabels } from './names.ts';

export function buildPodMonitor(group: TelegramGroup): Manifest {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: metadataOf(group),
    spec: {
      selector: { matchLabels: podLabels(group) },
      podTargetLabels: [LABELS.group, LABELS.colour],
      podMetricsEndpoints: [{ port: 'health', path: '/metrics', interval: '15s' }],
    },
  };
}

export function buildPrometheusRule(group: TelegramGroup): Manifest {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: metadataOf(group),
    spec: {
      groups: [
        {
          name: `chatwarden-${group.metadata.name}`,
          rules: [alertOnLag(group), ...BURN_RATES.map((rate) => alertOnBurn(group, rate))],
        },
      ],
    },
  };
}

/** Of the alerts, for docs/telegramgroup.md: what each one tells, and what to do about it. */
export const ALERTS = [
  {
    alert: 'ChatwardenGroupLate',
    means: 'Messages wait for a verdict for more than 30 s, or no detector could be asked; for 2 minutes.',
    todo:
      'Look at the conditions WorkloadAvailable, ScalingActive and ThroughputMet of the TelegramGroup: they say whether ' +
      'pods, replicas or partitions are missing. If all are True, look at PostgreSQL and Kafka: detectors wait for both.',
  },
  {
    alert: 'ChatwardenVerdictsLate',
    means: 'More verdicts come later than 5 s than the availability target allows, at a rate that uses up its budget.',
    todo:
      'As above; ThroughputMet=False tells that the group is busier than spec.throughput. A burst that is over needs ' +
      'nothing: the alert ends within a twelfth of its window.',
  },
] as const;

type AlertName = (typeof ALERTS)[number]['alert'];

/** Seconds of age of the oldest unjudged message. */
const LATE_SECONDS = 30;

/** What waits has no verdict yet, so that the objective below knows nothing of it. No pod at all is the worst case. */
function alertOnLag(group: TelegramGroup) {
  const oldest = `chatwarden_bus_oldest_seconds{${podsOf(group)}}`;
  return rule(group, 'ChatwardenGroupLate', {
    severity: 'critical',
    expr: `max(${oldest}) > ${LATE_SECONDS} or absent(${oldest})`,
    for: '2m',
    summary: 'messages wait for a verdict',
    description: `Messages wait for more than ${LATE_SECONDS} s, or no detector could be asked.`,
  });
}

interface BurnRate {
  severity: Severity;
  /** How much faster than evenly over 30 days the budget is used up. */
  factor: number;
  long: string;
  /** A twelfth of it, so that the alert ends soon after its cause. */
  short: string;
  /** Until nothing of the budget is left. */
  left: string;
}

/** The Site Reliability Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts": 2, 5 and 10 % of the budget. */
const BURN_RATES: readonly BurnRate[] = [
  { severity: 'critical', factor: 14.4, long: '1h', short: '5m', left: '2 days' },
  { severity: 'critical', factor: 6, long: '6h', short: '30m', left: '5 days' },
  { severity: 'warning', factor: 1, long: '3d', short: '6h', left: '30 days' },
];

const BUDGETS = { '99': '0.01', '99.9': '0.001', '99.95': '0.0005' } as const;
/** The objective: a verdict within so many seconds of delivery; the bound of a bucket of the detectors' histogram. */
const IN_TIME_SECONDS = 5;
/** Below it a share says nothing: in a quiet group one late message would be a tenth of the hour's. */
const LATE_MESSAGES_AT_LEAST = 10;

function alertOnBurn(group: TelegramGroup, { severity, factor, long, short, left }: BurnRate) {
  const { target } = group.spec.availability;
  const limit = `${factor} * ${BUDGETS[target]}`;
  const tooLate = (window: string) => `${lateMessages(group, window)} / ${messages(group, window)} > ${limit}`;
  return rule(group, 'ChatwardenVerdictsLate', {
    severity,
    window: long,
    expr: `${tooLate(long)} and ${tooLate(short)} and ${lateMessages(group, long)} >= ${LATE_MESSAGES_AT_LEAST}`,
    summary: `verdicts come later than ${IN_TIME_SECONDS} s`,
    description:
      `{{ $value | humanizePercentage }} of the verdicts of the last ${long} came later than ${IN_TIME_SECONDS} s: so the ` +
      `budget of 30 days for ${target} % is used up in ${left}.`,
  });
}

const VERDICTS = 'chatwarden_alertd_delivery_to_verdict_seconds';

function messages(group: TelegramGroup, window: string): string {
  return `sum(increase(${VERDICTS}_count{${podsOf(group)}}[${window}]))`;
}

function lateMessages(group: TelegramGroup, window: string): string {
  const inTime = `sum(increase(${VERDICTS}_bucket{${podsOf(group)},le="${IN_TIME_SECONDS}"}[${window}]))`;
  return `(${messages(group, window)} - ${inTime})`;
}

/** By the label that the PodMonitor copies from the pods: names of pods of two groups can begin alike. */
function podsOf({ metadata: { name, namespace } }: TelegramGroup): string {
  return `namespace="${namespace}",${LABELS.group.replaceAll(/[./]/g, '_')}="${name}"`;
}

type Severity = 'critical' | 'warning';

interface Rule {
  severity: Severity;
  /** Tells alerts of one name apart. */
  window?: string;
  expr: string;
  for?: string;
  summary: string;
  description: string;
}

function rule({ metadata: { name, namespace } }: TelegramGroup, alert: AlertName, { severity, window, ...rest }: Rule) {
  const { summary, description, ...when } = rest;
  return {
    alert,
    ...when,
    labels: { severity, telegramgroup: name, ...(window !== undefined && { window }) },
    annotations: {
      summary: `Telegram group ${name}: ${summary}`,
      description: `${description} "kubectl describe tgg ${name} -n ${namespace}" tells what is missing.`,
    },
  };
}
