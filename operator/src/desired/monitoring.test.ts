import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, it } from 'vitest';
import { aTelegramGroup } from '../../test/builders.ts';
import { ALERTS, buildPrometheusRule } from './monitoring.ts';

interface Rule {
  alert: string;
  expr: string;
  for?: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

function rulesOf(target: '99' | '99.9' | '99.95' = '99.9'): Rule[] {
  const { spec } = buildPrometheusRule(aTelegramGroup({ spec: { availability: { target } } }));
  return (spec as { groups: { rules: Rule[] }[] }).groups.flatMap(({ rules }) => rules);
}

/** Whether Prometheus's own grammar takes it. */
function isPromQL(expr: string): boolean {
  let isGood = true;
  parser.parse(expr).iterate({ enter: ({ type }) => void (isGood &&= !type.isError) });
  return isGood;
}

const PODS = 'namespace="team",chatwarden_io_telegramgroup="gardeners"';
const COUNT = (window: string) =>
  `sum(increase(chatwarden_alertd_delivery_to_verdict_seconds_count{${PODS}}[${window}]))`;
const LATE = (window: string) =>
  `(${COUNT(window)} - ` +
  `sum(increase(chatwarden_alertd_delivery_to_verdict_seconds_bucket{${PODS},le="5"}[${window}])))`;

describe('the alerts of a group', () => {
  it('are PromQL', () => {
    expect(isPromQL('sum(up[5m]')).toBe(false);
    expect(rulesOf().filter(({ expr }) => !isPromQL(expr))).toEqual([]);
  });

  it('call somebody when messages wait, or nobody is there to judge them', () => {
    expect(rulesOf()[0]).toEqual({
      alert: 'ChatwardenGroupLate',
      expr: `max(chatwarden_bus_oldest_seconds{${PODS}}) > 30 or absent(chatwarden_bus_oldest_seconds{${PODS}})`,
      for: '2m',
      labels: { severity: 'critical', telegramgroup: 'gardeners' },
      annotations: {
        summary: 'Telegram group gardeners: messages wait for a verdict',
        description:
          'Messages wait for more than 30 s, or no detector could be asked. ' +
          '"kubectl describe tgg gardeners -n team" tells what is missing.',
      },
    });
  });

  it('call somebody when the budget of the target burns 14.4 and 6 times too fast, and tell when evenly too fast', () => {
    const burning = rulesOf().slice(1);
    expect(burning.map(({ labels, expr }) => [labels['severity'], expr])).toEqual([
      [
        'critical',
        `${LATE('1h')} / ${COUNT('1h')} > 14.4 * 0.001 and ${LATE('5m')} / ${COUNT('5m')} > 14.4 * 0.001 ` +
          `and ${LATE('1h')} >= 10`,
      ],
      [
        'critical',
        `${LATE('6h')} / ${COUNT('6h')} > 6 * 0.001 and ${LATE('30m')} / ${COUNT('30m')} > 6 * 0.001 ` +
          `and ${LATE('6h')} >= 10`,
      ],
      [
        'warning',
        `${LATE('3d')} / ${COUNT('3d')} > 1 * 0.001 and ${LATE('6h')} / ${COUNT('6h')} > 1 * 0.001 ` +
          `and ${LATE('3d')} >= 10`,
      ],
    ]);
  });

  it.each([
    ['99', '14.4 * 0.01'],
    ['99.9', '14.4 * 0.001'],
    ['99.95', '14.4 * 0.0005'],
  ] as const)('allow for a target of %s %s', (target, limit) => {
    expect(rulesOf(target)[1]?.expr).toContain(`> ${limit} and`);
  });

  it('differ in name or labels, as Prometheus wants it', () => {
    const identities = rulesOf().map(({ alert, labels }) => JSON.stringify([alert, labels]));
    expect(new Set(identities).size).toBe(identities.length);
  });

  it('are all explained', () => {
    expect(new Set(rulesOf().map(({ alert }) => alert))).toEqual(new Set(ALERTS.map(({ alert }) => alert)));
  });
});
