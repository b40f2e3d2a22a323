/** JSON Schemas of faults over HTTP. A misspelt field is refused: left out, it would strike more calls than was meant. */
const integer = { type: 'integer' };
const count = { type: 'integer', minimum: 0 };
const text = { type: 'string' };

/** The default is not `additionalProperties: false`, since Fastify then drops what is too much without a word. */
const only = (properties: Record<string, object>, required: readonly string[]) => ({
  type: 'object',
  required,
  properties,
  propertyNames: { enum: Object.keys(properties) },
});

const when = { enum: ['beforeEffect', 'afterEffect'] };

const fault = (kind: string, required: Record<string, object> = {}, optional: Record<string, object> = {}) =>
  only({ kind: { const: kind }, ...required, ...optional, when }, ['kind', ...Object.keys(required)]);

const FAULT_SCHEMAS = {
  tooManyRequests: fault('tooManyRequests', { retryAfterS: count }),
  serverError: fault('serverError', { code: { enum: [500, 502, 503, 504] } }, { body: { enum: ['json', 'html'] } }),
  error: fault(
    'error',
    { code: { type: 'integer', minimum: 400, maximum: 599 }, description: text },
    { parameters: only({ retry_after: count, migrate_to_chat_id: integer }, []) },
  ),
  noAnswer: fault('noAnswer'),
  cut: fault('cut'),
  slow: fault('slow', { delayMs: count }),
};

export const FAULT_RULE_SCHEMA = only(
  {
    fault: {
      type: 'object',
      required: ['kind'],
      properties: { kind: { enum: Object.keys(FAULT_SCHEMAS) } },
      // One message about the kind that was meant, instead of one about each that was not.
      allOf: Object.entries(FAULT_SCHEMAS).map(([kind, schema]) => ({
        if: { properties: { kind: { const: kind } } },
        // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's own word
        then: schema,
      })),
    },
    bot: { anyOf: [integer, text] },
    methods: { type: 'array', items: text },
    chats: { type: 'array', items: integer },
    skip: count,
    times: { type: 'integer', minimum: 1 },
    probability: { type: 'number', minimum: 0, maximum: 1 },
    seed: integer,
    fromMs: { type: 'number' },
    untilMs: { type: 'number' },
    forMs: { type: 'number', exclusiveMinimum: 0 },
  },
  ['fault'],
);

export const FAULT_ID_SCHEMA = only({ id: integer }, ['id']);
