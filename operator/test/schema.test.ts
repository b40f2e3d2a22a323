import { SPEC_RULES, TELEGRAM_GROUP, telegramGroupCrd, type StructuralSchema } from '@chatwarden/contracts';
import { hasKubernetes, testKubernetes } from '@chatwarden/testkit/kubernetes';
import { beforeAll, describe, expect, it } from 'vitest';
import { BOUNDS, type BoundCase, type RuleCase } from './schema/cases.ts';
import { complaintsAbout, documents, draft, installKind, type Draft } from './schema/kind.ts';
import { POLICY_BOUNDS } from './schema/policy-cases.ts';
import { RULES } from './schema/rule-cases.ts';

const TIMEOUT_MS = 120_000;

const ALL_BOUNDS = [...BOUNDS, ...POLICY_BOUNDS];

const KEYWORDS = [
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  'enum',
  'maxItems',
  'maxProperties',
  'required',
] as const;

/** Every bound of the schema, as the table names them. */
function boundsOf(schema: StructuralSchema, path: string): string[] {
  const below = (name: string) => (path === 'spec' ? name : `${path}.${name}`);
  return [
    ...KEYWORDS.filter((keyword) => schema[keyword] !== undefined).map((keyword) => `${path} ${keyword}`),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => boundsOf(field, below(name))),
    ...(schema.items ? boundsOf(schema.items, `${path}[]`) : []),
    ...(schema.additionalProperties ? boundsOf(schema.additionalProperties, `${path}[*]`) : []),
  ];
}

function wholeSchema(): StructuralSchema {
  const [version] = telegramGroupCrd().spec.versions;
  if (!version) throw new Error('no version');
  return version.schema.openAPIV3Schema;
}

describe('the tables', () => {
  it('name every bound of the schema once', () => {
    expect(ALL_BOUNDS.map(({ bound }) => bound).toSorted()).toEqual(
      boundsOf(wholeSchema().properties?.['spec'] ?? {}, 'spec').toSorted(),
    );
  });

  it('name every rule once', () => {
    const messages = SPEC_RULES.map(({ message }) => message);
    expect(RULES.map(({ rule }) => rule).toSorted()).toEqual(messages.toSorted());
  });
});

describe.skipIf(!hasKubernetes())('a TelegramGroup at the API server (needs Go)', { timeout: TIMEOUT_MS }, () => {
  beforeAll(installKind, TIMEOUT_MS);

  describe('is checked by its schema and its rules', () => {
    const nameOf = (index: number, kind: 'bound' | 'rule') => `${kind}-${index}`;
    const complaints = { accepted: new Map<string, string>(), refused: new Map<string, string>() };

    async function judge(side: 'accepted' | 'refused', namespace: string): Promise<void> {
      const drafted = (kind: 'bound' | 'rule', cases: readonly (BoundCase | RuleCase)[]) =>
        cases.map((one, index) => ({ one, draft: draft(namespace, one[side], nameOf(index, kind)) }));
      const all = [...drafted('bound', ALL_BOUNDS), ...drafted('rule', RULES)];
      const changes = (one: BoundCase | RuleCase) => 'before' in one;
      const pick = (wanted: boolean): Draft[] =>
        all.filter(({ one }) => changes(one) === wanted).map((item) => item.draft);
      for (const [verb, drafts] of [['create', pick(false)] as const, ['apply', pick(true)] as const]) {
        for (const [name, said] of await complaintsAbout(drafts, { verb })) complaints[side].set(name, said);
      }
    }

    beforeAll(async () => {
      const { kubectl, makeNamespace } = testKubernetes();
      const namespace = await makeNamespace();
      const before = RULES.map((one, index) => ({ one, name: nameOf(index, 'rule') })).flatMap(({ one, name }) =>
        one.before ? [draft(namespace, one.before, name)] : [],
      );
      await kubectl(['apply', '-f', '-'], { input: documents(before) });
      await judge('accepted', namespace);
      await judge('refused', namespace);
    }, TIMEOUT_MS);

    const saidOf = (name: string) => ({
      accepted: complaints.accepted.get(name),
      refused: complaints.refused.get(name),
    });
    const told = (says: string | readonly string[]) => ({ accepted: undefined, refused: [says].flat().join(', ') });

    it.each(ALL_BOUNDS.map((one, index) => ({ ...one, index })))('bound: $bound', ({ index, says }) => {
      expect(saidOf(nameOf(index, 'bound'))).toEqual(told(says));
    });

    it.each(RULES.map((one, index) => ({ ...one, index })))('rule: $rule', ({ index, says }) => {
      expect(saidOf(nameOf(index, 'rule'))).toEqual(told(says));
    });

    it('rule: a name leaves room for what is made for the group', async () => {
      const { makeNamespace } = testKubernetes();
      const namespace = await makeNamespace();
      const [fits, tooLong] = ['a'.repeat(40), 'b'.repeat(41)];
      const said = await complaintsAbout([draft(namespace, {}, fits), draft(namespace, {}, tooLong)], {
        verb: 'create',
      });
      const message =
        'metadata.name must have at most 40 characters: names of what is made for the group begin with it';
      expect(Object.fromEntries(said)).toEqual({ [tooLong]: `<nil>: Forbidden: ${message}` });
    });
  });

  it('is given its defaults, those of whole parts included', async () => {
    const { kubectl, makeNamespace } = testKubernetes();
    const namespace = await makeNamespace();
    const fill = async (spec: object) => {
      const args = ['create', '--dry-run=server', '--output=json', '-f', '-'];
      return (JSON.parse(await kubectl(args, { input: draft(namespace, { ...spec }) })) as Draft).spec;
    };
    const filled = {
      chatId: -1_001_234_567_890,
      isolation: 'Shared',
      throughput: { messagesPerSecond: 100, burstFactor: 3 },
      availability: { target: '99.9' },
      autoscaling: { minReplicas: 2 },
      partitions: 6,
      rollout: { strategy: 'Rolling' },
      suspend: false,
    };
    expect(await fill({})).toEqual(filled);
    const parts = {
      throughput: { messagesPerSecond: 900 },
      autoscaling: { lagSeconds: 9 },
      availability: {},
      rollout: {},
    };
    expect(await fill(parts)).toEqual({
      ...filled,
      throughput: { messagesPerSecond: 900, burstFactor: 3 },
      autoscaling: { minReplicas: 2, lagSeconds: 9 },
    });
  });

  it('refuses a field that it does not know, and drops it when told to', async () => {
    const { kubectl, makeNamespace } = testKubernetes();
    const input = draft(await makeNamespace(), { replicas: 3, policy: { ladder: [], mode: 'enforce' } });
    const create = (...args: string[]) =>
      kubectl(['create', '--dry-run=server', '--output=json', ...args, '-f', '-'], { input });
    await expect(create()).rejects.toThrow(
      'strict decoding error: unknown field "spec.policy.ladder", unknown field "spec.replicas"',
    );
    const { spec } = JSON.parse(await create('--validate=ignore')) as { spec: object };
    expect(spec).not.toHaveProperty('replicas');
    expect(spec).toMatchObject({ policy: { mode: 'enforce' } });
    expect(spec).not.toHaveProperty('policy.ladder');
  });

  it('is explained, every field of it', async () => {
    const { kubectl } = testKubernetes();
    const words = (text: string) => text.replaceAll(/\s+/g, ' ');
    /** Parts that are explained by themselves: each prints its own text and those of its fields. */
    const partsOf = (part: StructuralSchema, path: string): { path: string; part: StructuralSchema }[] => {
      const inner = part.items ?? part.additionalProperties ?? part;
      if (!inner.properties) return [];
      const fields = Object.entries(inner.properties).flatMap(([name, field]) => partsOf(field, `${path}.${name}`));
      return [{ path, part: inner }, ...fields];
    };
    /** The server has words of its own for these. */
    const standard = new Set(['apiVersion', 'kind', 'metadata']);
    const missing: string[] = [];
    for (const { path, part } of partsOf(wholeSchema(), TELEGRAM_GROUP.singular)) {
      const printed = words(await kubectl(['explain', path]));
      if (printed.includes('<no description>') || printed.includes('<empty>')) missing.push(path);
      for (const [name, { description = 'none' }] of Object.entries(part.properties ?? {})) {
        if (!standard.has(name) && !printed.includes(words(description))) missing.push(`${path}.${name}`);
      }
    }
    expect(missing).toEqual([]);
  });
});
