/**
 * What other services may send: any ECS document with a time and a service. The fields that are indexed have the types
 * of the index, so that what it would refuse is refused at the door, where its sender can read why; any others are kept
 * as they are. Source of the types: https://www.elastic.co/docs/reference/ecs
 */
import { Service } from '@chatwarden/contracts';
import { Type, type Static } from 'typebox';

const Text = Type.Optional(Type.String());
const Texts = Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())]));
const Named = Type.Optional(Type.Object({ id: Text }));

export const EVENT_ID_CHARS_MAX = 512;

export const EcsDocument = Type.Object(
  {
    '@timestamp': Type.String({ description: 'RFC 3339, with Z or an offset; decides the day of the index' }),
    service: Type.Object({
      name: Service.properties.name,
      version: Text,
      environment: Text,
      node: Type.Optional(Type.Object({ name: Text })),
    }),
    message: Text,
    ecs: Type.Optional(Type.Object({ version: Text })),
    event: Type.Optional(
      Type.Object({
        id: Type.Optional(
          Type.String({
            minLength: 1,
            maxLength: EVENT_ID_CHARS_MAX,
            description: 'what tells a repeated event from a new one; within a service and a day',
          }),
        ),
        kind: Text,
        category: Texts,
        type: Texts,
        action: Text,
        dataset: Type.Optional(Type.String({ pattern: '^[\\w.-]{1,128}$' })),
        provider: Text,
        created: Text,
        ingested: Text,
        outcome: Text,
        reason: Text,
      }),
    ),
    log: Type.Optional(Type.Object({ level: Text, logger: Text })),
    trace: Named,
    span: Named,
    labels: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]))),
  },
  { $id: 'EcsDocument' },
);
export type EcsDocument = Static<typeof EcsDocument>;
