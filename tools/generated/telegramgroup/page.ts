// docs/telegramgroup.md: fields, rules, conditions and tasks, from the schema and the operator's own tables.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import {
  NAME_RULE,
  SPEC_RULES,
  telegramGroupCrd,
  type StructuralSchema,
} from '../../../packages/contracts/src/telegram-group/index.ts';
import { ALERTS } from '../../../operator/src/desired/monitoring.ts';
import { CONDITIONS, EVENT_REASONS } from '../../../operator/src/telegramgroup/reasons/all-reasons.ts';
import type { Generator } from '../compare.ts';
import { STYLE } from '../to-yaml.ts';
import { fieldTable } from './fields.ts';
import { capacityTable, sizingTable } from './sizing.ts';
import { table } from './table.ts';
import { ANNOTATION_TABLE, TASKS } from './tasks.ts';

const PATH = 'docs/telegramgroup.md';

export const telegramGroupPage: Generator = {
  name: PATH,
  files: [PATH],
  generate: async (outDir) => {
    await mkdir(join(outDir, 'docs'), { recursive: true });
    await writeFile(join(outDir, PATH), await format(page(), { parser: 'markdown', ...STYLE }));
  },
};

const HEAD = `<!-- Made by \`make generate\` from packages/contracts/src/telegram-group and operator/src. Do not edit. -->

# TelegramGroup

A Telegram group that Chatwarden keeps clean, as an object of Kubernetes (\`chatwarden.io/v1alpha1\`, short \`tgg\`). You say
what the group bears and how available it must be; replicas, resources and limits follow. The operator needs the kind
(\`charts/chatwarden-crds\`) and to run once in the cluster (\`k8s/operator/cluster.yaml\`), or once for some namespaces
(\`k8s/operator/namespaced.yaml\`). Samples to begin with stand in [k8s/samples](../k8s/samples).
`;

function page(): string {
  const { properties = {} } = schemaOf();
  return [
    HEAD,
    TASKS,
    section('Sizing', [
      'Measured by `make load-pipeline`, and planned so that one pod may be missing and consumers may rebalance:',
      capacityTable(),
      'Replicas are a divisor of the partitions where that is possible, so that every detector has as many as the others.\n' +
        'Isolated is the load, not the trust: detectors of all groups use the same database and the same Kafka.',
      sizingTable(),
      'Where a burst asks for more partitions than there are, its messages wait until it is over.',
    ]),
    section('Alerts', [
      'Where the cluster has the Prometheus operator, each dedicated group gets a PodMonitor and a PrometheusRule. What the\n' +
        'target allows is measured over 30 days, with the windows and rates of the Site Reliability Workbook, chapter 5.',
      table(
        ['alert', 'means', 'what to do'],
        ALERTS.map(({ alert, means, todo }) => [code(alert), means, todo]),
      ),
    ]),
    section('Annotations', [ANNOTATION_TABLE]),
    section('Fields of spec', [fieldTable(properties['spec'] ?? {}, { withDefaults: true })]),
    section('Rules', ['Besides the bounds, with what the API server says to who breaks them:', ruleTable()]),
    section('Fields of status', [
      'Live numbers are metrics, not status.',
      fieldTable(properties['status'] ?? {}, { withDefaults: false }),
    ]),
    section(
      'Conditions',
      Object.entries(CONDITIONS).map(([type, text]) => condition(type, text)),
    ),
    section('Events', [
      'A condition that changes is told as an Event, with its reason. Besides:',
      table(
        ['reason', 'means', 'what to do'],
        EVENT_REASONS.map(({ reason, means, todo = '' }) => [code(reason), means, todo]),
      ),
    ]),
  ].join('\n');
}

function schemaOf(): StructuralSchema {
  const [version] = telegramGroupCrd().spec.versions;
  if (!version) throw new Error('the kind has no version');
  return version.schema.openAPIV3Schema;
}

const code = (text: string) => `\`${text}\``;

function section(title: string, parts: readonly string[]): string {
  return `## ${title}\n\n${parts.join('\n\n')}\n`;
}

function ruleTable(): string {
  const rules = SPEC_RULES.map(({ at, fieldPath = '', message }) => [
    code(`${at.join('.')}${fieldPath}`.replace(/^\./, '')),
    message,
  ]);
  return table(['field', 'message'], [...rules, [code('metadata.name'), NAME_RULE.message]]);
}

function condition(type: string, { about, reasons }: (typeof CONDITIONS)[keyof typeof CONDITIONS]): string {
  const rows = reasons.map(({ status, reason, means, todo = '' }) => [status, code(reason), means, todo]);
  return `### ${type}\n\n${about}\n\n${table(['status', 'reason', 'means', 'what to do'], rows)}`;
}
