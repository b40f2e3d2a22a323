// docs/kafka.md: how to reach a Kafka that asks who is there, from the settings' schema and the table of rights.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { KafkaConfig } from '../../../packages/bus/src/kafka-config.ts';
import type { Generator } from '../compare.ts';
import { table } from '../telegramgroup/table.ts';
import { STYLE } from '../to-yaml.ts';
import { ACCESS, aclsOf, type Process } from './access.ts';
import { OPERATOR, RIGHTS, SETTINGS, UPKEEP } from './texts.ts';

const PATH = 'docs/kafka.md';

export const kafkaPage: Generator = {
  name: PATH,
  files: [PATH],
  generate: async (outDir) => {
    await mkdir(join(outDir, 'docs'), { recursive: true });
    await writeFile(join(outDir, PATH), await format(page(), { parser: 'markdown', ...STYLE }));
  },
};

function page(): string {
  return [SETTINGS, settingTable(), UPKEEP, OPERATOR, RIGHTS, aclTable()].join('\n\n');
}

interface Described {
  description: string;
  default?: unknown;
  enum?: readonly string[];
}

function settingTable(): string {
  const rows = Object.entries(KafkaConfig.properties as unknown as Record<string, Described>).map(
    ([name, property]) => {
      const choices = property.enum ? ` (${property.enum.map((one) => `\`${one}\``).join(', ')})` : '';
      const { default: fallback = '' } = property;
      return [`\`${name}\``, `${property.description}${choices}`, fallback === '' ? '' : `\`${String(fallback)}\``];
    },
  );
  return table(['setting', 'what', 'default'], rows);
}

function aclTable(): string {
  const rows = (Object.keys(ACCESS) as Process[]).flatMap((process) =>
    aclsOf(process).map(({ resource, name, pattern, operations }, at) => [
      at === 0 ? ACCESS[process].about : '',
      resource,
      `\`${name}\`${pattern === 'Prefixed' ? '…' : ''}`,
      operations.join(', '),
    ]),
  );
  return table(['who', 'resource', 'name', 'operations'], rows);
}
