/**
 * The CustomResourceDefinition, made from the schemas. What the API server takes is a structural schema
 * (https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions): every value typed,
 * maps by additionalProperties, and nothing that it does not know.
 */
import { TELEGRAM_GROUP } from './resource.ts';
import { NAME_RULE, SPEC_RULES, type FieldRule } from './rules.ts';
import { TelegramGroupSpec } from './spec.ts';
import { TelegramGroupStatus } from './status.ts';

/** The part of JSON schema that both sides know. */
export interface StructuralSchema {
  type?: string;
  description?: string;
  default?: unknown;
  format?: string;
  enum?: readonly unknown[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  maxProperties?: number;
  properties?: Record<string, StructuralSchema>;
  additionalProperties?: StructuralSchema;
  items?: StructuralSchema;
  required?: readonly string[];
  'x-kubernetes-list-type'?: string;
  'x-kubernetes-list-map-keys'?: readonly string[];
  'x-kubernetes-validations'?: readonly (Omit<FieldRule, 'at'> & { reason: string })[];
}

interface JsonSchema extends Omit<StructuralSchema, 'required' | 'properties' | 'items'> {
  required?: readonly string[] | undefined;
  properties?: Record<string, JsonSchema>;
  patternProperties?: Record<string, JsonSchema>;
  items?: JsonSchema;
}

const COPIED = [
  'description',
  'default',
  'format',
  'enum',
  'pattern',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'maxItems',
  'maxProperties',
] as const;

/** Of the four that there are, the one with which nothing but the message is printed. */
const REASON = 'FieldValueForbidden';

export function telegramGroupCrd() {
  const { group, version, kind, plural, singular, shortNames, categories, columns, selectableFields, scale } =
    TELEGRAM_GROUP;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      // A chart that goes must not take every group of the cluster with it.
      annotations: { 'helm.sh/resource-policy': 'keep' },
      labels: { 'app.kubernetes.io/part-of': 'chatwarden' },
    },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, listKind: `${kind}List`, plural, singular, shortNames, categories },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: schemaOfGroup() },
          subresources: { status: {}, scale },
          additionalPrinterColumns: columns,
          selectableFields,
        },
      ],
    },
  };
}

function schemaOfGroup(): StructuralSchema {
  return {
    type: 'object',
    description: TELEGRAM_GROUP.about,
    required: ['spec'],
    properties: {
      apiVersion: { type: 'string', description: 'Version of this schema.' },
      kind: { type: 'string', description: 'TelegramGroup.' },
      metadata: { type: 'object' },
      spec: withRules(toStructural(TelegramGroupSpec), SPEC_RULES),
      status: toStructural(TelegramGroupStatus),
    },
    'x-kubernetes-validations': [{ ...NAME_RULE, reason: REASON }],
  };
}

/** Throws where the schema uses something that the API server would not keep. */
function toStructural(schema: JsonSchema): StructuralSchema {
  const result: StructuralSchema = { type: typeOf(schema) };
  for (const key of COPIED) if (schema[key] !== undefined) Object.assign(result, { [key]: schema[key] });
  if (result.type === 'integer') result.format = 'int64';
  if (schema.items) {
    result.items = toStructural(schema.items);
    const keyed = schema.items.properties?.['lastTransitionTime'] !== undefined;
    result['x-kubernetes-list-type'] = keyed ? 'map' : 'atomic';
    if (keyed) result['x-kubernetes-list-map-keys'] = ['type'];
  }
  const [values] = Object.values(schema.patternProperties ?? {});
  if (values) result.additionalProperties = toStructural(values);
  if (!schema.properties) return result;
  result.properties = Object.fromEntries(
    Object.entries(schema.properties).map(([name, field]) => [name, toStructural(field)]),
  );
  // Its rules are evaluated over its default as it stands here, before those of its fields are filled in.
  if (result.default !== undefined) result.default = defaultsOf(result.properties);
  const required = (schema.required ?? []).filter((name) => schema.properties?.[name]?.default === undefined);
  if (required.length > 0) result.required = required;
  return result;
}

function defaultsOf(fields: Readonly<Record<string, StructuralSchema>>): Record<string, unknown> {
  const given = Object.entries(fields).filter(([, field]) => field.default !== undefined);
  return Object.fromEntries(given.map(([name, field]) => [name, field.default]));
}

function typeOf({ type, enum: values }: JsonSchema): string {
  if (type !== undefined) return type;
  if (values?.every((value) => typeof value === 'string')) return 'string';
  throw new Error(`a TelegramGroup has a field without a type: ${JSON.stringify(values)}`);
}

function withRules(spec: StructuralSchema, rules: readonly FieldRule[]): StructuralSchema {
  for (const { at, ...rule } of rules) {
    const field = at.reduce<StructuralSchema | undefined>((schema, name) => schema?.properties?.[name], spec);
    if (!field) throw new Error(`a rule is about spec.${at.join('.')}, which is not there`);
    field['x-kubernetes-validations'] = [...(field['x-kubernetes-validations'] ?? []), { ...rule, reason: REASON }];
  }
  return spec;
}
