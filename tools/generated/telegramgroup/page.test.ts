import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANNOTATIONS } from '../../../operator/src/desired/names.ts';
import { CONDITIONS } from '../../../operator/src/telegramgroup/reasons/all-reasons.ts';
import {
  SPEC_RULES,
  telegramGroupCrd,
  type StructuralSchema,
} from '../../../packages/contracts/src/telegram-group/index.ts';
import { telegramGroupPage } from './page.ts';

let root: string;
let page: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'chatwarden-telegramgroup-page-'));
  await telegramGroupPage.generate(root);
  page = await readFile(join(root, 'docs/telegramgroup.md'), 'utf8');
});
afterAll(() => rm(root, { recursive: true }));

/** The cells of the row that begins with this one. */
function row(first: string): string[] | undefined {
  const cells = page.split('\n').map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));
  return cells.find(([, cell]) => cell === `\`${first}\``)?.slice(1, -1);
}

function descriptionsIn({ properties = {}, items, additionalProperties }: StructuralSchema): string[] {
  const inner = [
    ...Object.values(properties),
    ...(items ? [items] : []),
    ...(additionalProperties ? [additionalProperties] : []),
  ];
  const own = Object.values(properties).map(({ description = 'none' }) => description);
  return [...own, ...inner.flatMap(descriptionsIn)];
}

describe('the page of TelegramGroups', () => {
  it('has every field of spec and status', () => {
    const schema = telegramGroupCrd().spec.versions[0]?.schema.openAPIV3Schema.properties ?? {};
    const [spec, status] = [descriptionsIn(schema['spec'] ?? {}), descriptionsIn(schema['status'] ?? {})];
    expect([spec.length > 30, status.length > 10]).toEqual([true, true]);
    expect([...spec, ...status].filter((description) => !page.includes(description))).toEqual([]);
  });

  it('says defaults and bounds as people write them', () => {
    expect(row('throughput.messagesPerSecond')?.slice(2)).toEqual(['`100`', '1 to 20,000']);
    expect(row('autoscaling.minReplicas')?.slice(2)).toEqual(['`2`', 'at most 96']);
    expect(row('isolation')?.slice(2)).toEqual(['`Shared`', '`Shared`, `Dedicated`']);
    expect(row('chatId')?.slice(2)).toEqual(['_required_', '']);
    expect(row('policy.blocked[].value')?.slice(2)).toEqual(['_required_', '1 to 256 characters']);
  });

  it('has every rule, condition and annotation', () => {
    const wanted = [
      ...SPEC_RULES.map(({ message }) => message),
      ...Object.keys(CONDITIONS),
      ...Object.values(ANNOTATIONS),
    ];
    expect(wanted.filter((text) => !page.includes(text))).toEqual([]);
  });

  it('says what to do of a reason', () => {
    const cells = page.split('\n').find((line) => line.includes('| `Unclaimed`'));
    expect(cells).toContain('Let the owner send the command of the message');
  });
});
